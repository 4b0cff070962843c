import { type LookupAddress, type LookupOptions, lookup } from 'node:dns';

type Found = (
  error: NodeJS.ErrnoException | null,
  address: string | LookupAddress[],
  family?: number,
) => void;

/**
 * `dns.lookup`, except that names under `.localhost` are this machine. RFC 6761 says they should be, browsers do
 * it, the C library of most Linux systems does not.
 */
export function lookupHost(hostname: string, options: LookupOptions, found: Found): void {
  if (!/(^|\.)localhost$/i.test(hostname)) {
    lookup(hostname, options, found);
    return;
  }
  if (options.all) found(null, [{ address: '127.0.0.1', family: 4 }]);
  else found(null, '127.0.0.1', 4);
}
