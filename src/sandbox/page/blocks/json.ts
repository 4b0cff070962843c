/** Careful reading of Slack's JSON: what is missing or of another type reads as empty, never as a crash. */
import type { Json } from '../../slack/page-api.ts';

export function textOf(json: Json | null, name: string): string {
  const value = json?.[name];
  return typeof value === 'string' ? value : '';
}

export function numberOf(json: Json | null, name: string): number | null {
  const value = json?.[name];
  if (typeof value === 'number') return value;
  return typeof value === 'string' && value !== '' && Number.isFinite(Number(value)) ? Number(value) : null;
}

export function flagOf(json: Json | null, name: string): boolean {
  return json?.[name] === true;
}

export function recordOf(json: Json | null, name: string): Json | null {
  const value = json?.[name];
  return isRecord(value) ? value : null;
}

export function recordsOf(json: Json | null, name: string): Json[] {
  const value = json?.[name];
  return Array.isArray(value) ? value.filter(isRecord) : [];
}

export function textsOf(json: Json | null, name: string): string[] {
  const value = json?.[name];
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}

/** The words of a text object, e.g. of `{ type: 'plain_text', text: 'Save' }`. */
export function wordsOf(json: Json | null, name: string): string {
  return textOf(recordOf(json, name), 'text');
}

export function isRecord(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
