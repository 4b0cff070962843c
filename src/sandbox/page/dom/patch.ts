import type { Attribute, Handlers, VNode } from './vnode.ts';

const SVG = 'http://www.w3.org/2000/svg';

/** What an element was last made to agree with. Its listeners are looked up here, so they never go stale. */
const drawn = new WeakMap<Node, VNode>();

/** Brings the children of `parent` in line with `children`, touching only what differs. */
export function patch(parent: Element, children: (VNode | string)[]): void {
  const matches = matchChildren(Array.from(parent.childNodes), children);
  const kept = new Set(matches);
  for (const node of Array.from(parent.childNodes)) if (!kept.has(node)) node.remove();
  let next: ChildNode | null = parent.firstChild;
  children.forEach((child, index) => {
    const match = matches[index];
    const node = match ?? create(child, parent);
    if (match) update(match, child);
    // Moving a node would take its focus and scroll position, so one that stands right is left alone.
    if (node === next) next = node.nextSibling;
    else parent.insertBefore(node, next);
  });
}

function matchChildren(nodes: ChildNode[], children: (VNode | string)[]): (ChildNode | null)[] {
  const keyed = new Map<string, ChildNode>();
  const loose: ChildNode[] = [];
  for (const node of nodes) {
    const key = drawn.get(node)?.key;
    if (key === undefined) loose.push(node);
    else keyed.set(key, node);
  }
  return children.map((child) => {
    if (typeof child !== 'string' && child.key !== undefined) {
      const node = keyed.get(child.key);
      keyed.delete(child.key);
      return node && sameKind(node, child) ? node : null;
    }
    const index = loose.findIndex((node) => sameKind(node, child));
    // Skipping over loose siblings would reorder them; the ones skipped are dropped and made anew.
    return index < 0 ? null : (loose.splice(0, index + 1).at(-1) ?? null);
  });
}

function sameKind(node: ChildNode, child: VNode | string): boolean {
  if (typeof child === 'string') return node.nodeType === Node.TEXT_NODE;
  return drawn.get(node)?.tag === child.tag;
}

function create(child: VNode | string, parent: Element): ChildNode {
  if (typeof child === 'string') return document.createTextNode(child);
  const inSvg = child.tag === 'svg' || parent.namespaceURI === SVG;
  const element = inSvg ? document.createElementNS(SVG, child.tag) : document.createElement(child.tag);
  for (const name of Object.keys(child.handlers)) listen(element, name as keyof Handlers);
  patch(element, child.children);
  // After the children: a select's value needs its options.
  setAttributes(element, {}, child.attributes);
  drawn.set(element, child);
  return element;
}

function update(node: ChildNode, child: VNode | string): void {
  if (typeof child === 'string') {
    if (node.nodeValue !== child) node.nodeValue = child;
    return;
  }
  const before = drawn.get(node);
  if (!(node instanceof Element) || !before) return;
  for (const name of Object.keys(child.handlers)) {
    if (!(name in before.handlers)) listen(node, name as keyof Handlers);
  }
  drawn.set(node, child);
  patch(node, child.children);
  setAttributes(node, before.attributes, child.attributes);
}

function listen(element: Element, name: keyof Handlers): void {
  element.addEventListener(name, (event) => {
    const handler = drawn.get(element)?.handlers[name] as ((event: Event) => void) | undefined;
    handler?.(event);
  });
}

function setAttributes(
  element: Element,
  before: Record<string, Attribute>,
  after: Record<string, Attribute>,
): void {
  for (const name of Object.keys(before)) if (!(name in after)) element.removeAttribute(name);
  for (const [name, value] of Object.entries(after)) {
    if (setProperty(element, name, value)) continue;
    if (before[name] === value) continue;
    if (value === false || value === null || value === undefined) element.removeAttribute(name);
    else element.setAttribute(name, value === true ? '' : String(value));
  }
}

/** What a person changes lives in a property, not in the attribute. Writing it only when it differs keeps the caret. */
function setProperty(element: Element, name: string, value: Attribute): boolean {
  if (name === 'value' && (element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement)) {
    const text = value === null || value === undefined ? '' : String(value);
    if (element.value !== text) element.value = text;
    return true;
  }
  if (name === 'checked' && element instanceof HTMLInputElement) {
    if (element.checked !== Boolean(value)) element.checked = Boolean(value);
    return true;
  }
  return false;
}
