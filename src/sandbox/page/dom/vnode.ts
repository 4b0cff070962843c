/** What the page should look like, as plain data; `patch.ts` makes the document agree with it. */
export type Handlers = { [K in keyof HTMLElementEventMap]?: (event: HTMLElementEventMap[K]) => void };
export type Attribute = string | number | boolean | null | undefined;

export interface Attributes {
  /** Names a child among its siblings, so that it keeps its element (focus, scroll, caret) when others come and go. */
  key?: string | undefined;
  on?: Handlers | undefined;
  [name: string]: Attribute | Handlers;
}

export interface VNode {
  tag: string;
  key: string | undefined;
  attributes: Record<string, Attribute>;
  handlers: Handlers;
  children: (VNode | string)[];
}

export type Child = VNode | string | number | null | undefined | false | Child[];

export function h(tag: string, attributes: Attributes | null, ...children: Child[]): VNode {
  const { key, on, ...rest } = attributes ?? {};
  return {
    tag,
    key,
    attributes: rest as Record<string, Attribute>,
    handlers: on ?? {},
    children: flatten(children),
  };
}

function flatten(children: Child[]): (VNode | string)[] {
  const flat: (VNode | string)[] = [];
  for (const child of children) {
    if (child === null || child === undefined || child === false || child === '') continue;
    if (Array.isArray(child)) flat.push(...flatten(child));
    else if (typeof child === 'number') flat.push(String(child));
    else flat.push(child);
  }
  return flat;
}

/** The class names whose condition holds. */
export function classes(...names: (string | false | null | undefined)[]): string {
  return names.filter(Boolean).join(' ');
}
