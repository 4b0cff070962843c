/** JSON lines, one object each: `time` (ISO 8601), `level`, `msg`, then the fields. */
export const logLevels = ['debug', 'info', 'warn', 'error'] as const;
export type LogLevel = (typeof logLevels)[number];

export interface Logger {
  debug(msg: string, fields?: LogFields): void;
  info(msg: string, fields?: LogFields): void;
  warn(msg: string, fields?: LogFields): void;
  error(msg: string, fields?: LogFields): void;
  /** A logger that adds these fields to every line. */
  child(fields: LogFields): Logger;
}

export type LogFields = Readonly<Record<string, unknown>>;

/** Names of fields whose values never reach a log, wherever they stand. */
const secretNames = /secret|token|password|authorization|signature|key$/i;

function redact(name: string, value: unknown): unknown {
  if (secretNames.test(name) && typeof value === 'string') return '[redacted]';
  if (value instanceof Error) return describeError(value);
  return value;
}

function describeError(error: Error): Record<string, unknown> {
  const { name, message, stack, cause } = error;
  const code = 'code' in error ? { code: error.code } : {};
  return {
    name,
    message,
    ...code,
    stack,
    ...(cause instanceof Error ? { cause: describeError(cause) } : {}),
  };
}

export interface LoggerOptions {
  level: LogLevel;
  write: (line: string) => void;
  now?: () => number;
  fields?: LogFields;
}

export function createLogger({ level, write, now = Date.now, fields = {} }: LoggerOptions): Logger {
  const threshold = logLevels.indexOf(level);
  const emit = (at: LogLevel) => (msg: string, more?: LogFields) => {
    if (logLevels.indexOf(at) < threshold) return;
    const line = { time: new Date(now()).toISOString(), level: at, msg, ...fields, ...more };
    write(`${JSON.stringify(line, redact)}\n`);
  };
  return {
    debug: emit('debug'),
    info: emit('info'),
    warn: emit('warn'),
    error: emit('error'),
    child: (more) => createLogger({ level, write, now, fields: { ...fields, ...more } }),
  };
}

export const silentLogger: Logger = createLogger({ level: 'error', write: () => {} });
