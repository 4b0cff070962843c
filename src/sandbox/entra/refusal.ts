/** What a refusal can name. */
export interface RefusalFacts {
  tenant: string;
  clientId: string;
  appName: string;
  resource: string;
  scope: string;
}

export interface Refusal {
  status: number;
  error: string;
  message: (facts: RefusalFacts) => string;
}
