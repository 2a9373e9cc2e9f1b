/** Where the parts of the package lie: the built server, this program itself, and the folder of the package. */
export type Package = { version: string; server: URL; main: URL; root: URL };
