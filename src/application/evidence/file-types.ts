// The closed list of what is taken as evidence, by extension. Everything here is opened by programs that every office has,
// none of it runs anything by itself, and each can be told by its content.

export const fileTypes = {
  pdf: 'application/pdf',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  png: 'image/png',
  webp: 'image/webp',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  pptx: 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
  odt: 'application/vnd.oasis.opendocument.text',
  ods: 'application/vnd.oasis.opendocument.spreadsheet',
} as const;
export type FileType = (typeof fileTypes)[keyof typeof fileTypes];

export const fileTypeList: readonly FileType[] = [...new Set(Object.values(fileTypes))];

export const isFileType = (type: string): type is FileType => (fileTypeList as readonly string[]).includes(type);

/** Undefined: not a name that anything on the list has. */
export const typeOfExtension = (extension: string): FileType | undefined =>
  Object.hasOwn(fileTypes, extension) ? fileTypes[extension as keyof typeof fileTypes] : undefined;
