import { StartPage } from "#app/panel/start-page.tsx";

/** The start page: how to report a job. */
export default function Home() {
  return <StartPage />;
}
