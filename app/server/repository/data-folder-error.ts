export type DataFolderFault = "unusable" | "in_use" | "not_a_database" | "too_new";

/** The data folder cannot be used. The message names the folder, the cause and what to do; for the operator. */
export class DataFolderError extends Error {
  readonly code: `data_folder_${DataFolderFault}`;

  constructor(fault: DataFolderFault, message: string, cause?: unknown) {
    super(message, { cause });
    this.code = `data_folder_${fault}`;
  }
}
