/** A refusal in Dataverse's shape. Codes are of the page "Web service error codes". */
export class DataverseError extends Error {
  readonly status: number;
  readonly code: string;
  readonly headers: Record<string, string>;

  constructor(status: number, code: string, message: string, headers: Record<string, string> = {}) {
    super(message);
    this.name = 'DataverseError';
    this.status = status;
    this.code = code;
    this.headers = headers;
  }
}

export function unknownProperty(property: string, table: string): DataverseError {
  return new DataverseError(
    400,
    '0x80060888',
    `Could not find a property named '${property}' on type 'Microsoft.Dynamics.CRM.${table}'.`,
  );
}

export function unknownSegment(segment: string): DataverseError {
  return new DataverseError(404, '0x80060888', `Resource not found for the segment '${segment}'.`);
}

export function unknownRow(table: string, id: string): DataverseError {
  return new DataverseError(404, '0x80040217', `${table} With Id = ${id} Does Not Exist`);
}

export function invalidQuery(message: string): DataverseError {
  return new DataverseError(400, '0x80060888', message);
}

export function invalidArgument(message: string): DataverseError {
  return new DataverseError(400, '0x80040203', message);
}

export function expiredLink(): DataverseError {
  return new DataverseError(
    400,
    '0x80044352',
    'Version stamp associated with the client has expired. Please perform a full sync.',
  );
}

/** What Dataverse can do and the sandbox cannot: said loudly, so that nobody takes silence for success. */
export function notSimulated(what: string): DataverseError {
  return new DataverseError(501, '0x80060888', `The sandbox does not simulate ${what}.`);
}
