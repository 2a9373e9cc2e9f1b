"""The Secretary's way of reporting: plays the dialogues given as JSON on standard input, each in a thread of its own.

Every post takes a connection of its own, carries the token in two headers when there is one, is ASCII JSON with a
Content-Length, waits for its answer no longer than the Secretary does, and is never sent again, whatever the answer.
Log lines come from an observer that makes its own address out of the callback_url; all else goes there as it is.

In:  [{"callback_url", "callback_token", "job_id", "bodies": [...]}]
Out: [[{"url", "status"}]], what was posted where and how it was answered; status null where nothing came back.
"""

import json
import sys
from concurrent.futures import ThreadPoolExecutor

import requests

LOG_LINE, PROGRESS, FINAL = 10, 15, 30


def is_log_line(body):
    return body.get("phase") in ("running", "failed")


def timeout_of(body):
    if is_log_line(body):
        return LOG_LINE
    is_end = body.get("phase") in ("completed", "error") or "status" in body or "error" in body or "phase" not in body
    return FINAL if is_end else PROGRESS


def observer_address(callback_url, job_id):
    if "{jobId}" in callback_url:
        return callback_url.replace("{jobId}", job_id)
    return callback_url if callback_url.endswith(job_id) else f"{callback_url}/{job_id}"


def post(url, token, body):
    headers = {"Authorization": f"Bearer {token}", "X-Callback-Token": token} if token else {}
    try:
        answer = requests.post(url, json=body, headers=headers, timeout=timeout_of(body))
        return {"url": answer.request.url, "status": answer.status_code}
    except requests.RequestException:
        return {"url": url, "status": None}


def play(job):
    url, job_id = job["callback_url"], job["job_id"]
    return [
        post(observer_address(url, job_id) if is_log_line(body) else url, job["callback_token"], body)
        for body in job["bodies"]
    ]


with ThreadPoolExecutor(max_workers=8) as pool:
    json.dump(list(pool.map(play, json.load(sys.stdin))), sys.stdout)
