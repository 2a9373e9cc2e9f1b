/** What decodes the answers of the server. A module of its own, so that a page is there before it is fetched. */
export {
  cancelAnswerSchema,
  errorBodySchema,
  fetchAnswerSchema,
  jobDetailSchema,
  meSchema,
} from "#app/contract/answers.ts";
export { jobResultSchema, jobSummarySchema } from "#app/contract/job.ts";
