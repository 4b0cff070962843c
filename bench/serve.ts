/** What a helper process can be asked to do, by name. Input and answer travel as JSON. */
export type Calls = Readonly<Record<string, (input: never) => Promise<unknown>>>;

export interface Question {
  id: number;
  name: string;
  input: unknown;
}

export type Reply = { id: number; value: unknown } | { id: number; error: string };

/**
 * The helper's side: answers what the benchmark asks, until it lets go of the channel, however it ended itself.
 * Then `close` ends what this process has started.
 */
export function serve(calls: Calls, close: () => Promise<void> = async () => {}): void {
  const byName = new Map(Object.entries(calls));
  process.on('message', (question: Question) => void answer(byName, question));
  process.once('disconnect', () => {
    void close().finally(() => process.exit());
  });
  // Ctrl+C reaches every process of a terminal: the benchmark itself ends its helpers, in order.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => {});
}

async function answer(byName: ReadonlyMap<string, Calls[string]>, question: Question): Promise<void> {
  const { id, name, input } = question;
  const reply = await attempt(byName.get(name), input).then(
    (value): Reply => ({ id, value }),
    (error: unknown): Reply => ({ id, error: error instanceof Error ? String(error.stack) : String(error) }),
  );
  if (process.connected) process.send?.(reply);
}

async function attempt(call: Calls[string] | undefined, input: unknown): Promise<unknown> {
  if (!call) throw new Error('The helper does not know this call');
  return await call(input as never);
}
