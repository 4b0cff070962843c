/** What a notice may name: mentions and words, already fit for Slack. */
export interface NoticeValues {
  user?: string | undefined;
  channel?: string | undefined;
  word?: string | undefined;
}
