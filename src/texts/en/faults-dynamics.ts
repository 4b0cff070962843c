import { type Details, type FaultText, named } from '../fault-text.ts';

const appUsers =
  'Power Platform admin center > Environments > your environment > Settings > Users + permissions > Application users';

/** Faults inside Dynamics 365. */
export const dynamicsFaults = {
  'user-missing': {
    cause: () => 'The organization has no application user for this application.',
    remedy: () => `Add one: ${appUsers} > New app user. Choose your app and a security role.`,
  },
  'user-disabled': {
    cause: () => 'The application user is deactivated.',
    remedy: () => `Activate it: ${appUsers}.`,
  },
  'user-mismatch': {
    cause: (d: Details) =>
      `The application signs in as ${d.actual ?? 'another user'}, not as ${d.username ?? 'the one entered'}.`,
    remedy: () => `Enter the email address shown in ${appUsers}.`,
  },
  'role-missing': {
    cause: () => 'The application user has no security role.',
    remedy: () => `Give it a role with organization-wide read access: ${appUsers} > Edit security roles.`,
  },
  'privilege-missing': {
    cause: (d: Details) =>
      d.partial
        ? `The application user may read only a part of ${d.entity ?? 'the data'}, not all of the organization${named(' (privilege ', d.privilege, ')')}.`
        : `The application user may not read ${d.entity ?? 'some of the data'}${named(' (privilege ', d.privilege, ')')}.`,
    remedy: () =>
      'Set Read to "Organization" for this table in a security role of the application user: Settings > Users + permissions > Security roles.',
  },
  'privilege-unclear': {
    cause: (d: Details) =>
      `${d.entity ?? 'The data'} can be read, but no role of the application user gives it organization-wide${named(' (privilege ', d.privilege, ')')}.`,
    remedy: () =>
      'It may come through a team. To be safe, set Read to "Organization" for this table in a security role of the application user itself.',
  },
  'access-denied': {
    cause: () => 'Dynamics 365 denied access and did not say to what.',
    remedy: () =>
      `Check the security roles of the application user: ${appUsers}. Column security profiles can be the reason as well.`,
  },
  'location-blocked': {
    cause: () => 'This organization only takes requests from certain networks.',
    remedy: () =>
      'Ask your Power Platform administrator to add the address of this app: environment > Settings > Privacy + Security > IP firewall.',
  },
  'tenant-restricted': {
    cause: () => 'The organization does not allow access from this tenant.',
    remedy: () =>
      'Ask your Power Platform administrator about tenant isolation (Power Platform admin center > Policies) and tenant restrictions.',
  },
  'application-blocked': {
    cause: () => 'This organization does not allow the application to use its data interface.',
    remedy: () =>
      'Ask your Power Platform administrator to allow the application ID in the client application access control of the environment.',
  },
  'administration-mode': {
    cause: () => 'The environment is in administration mode.',
    remedy: () =>
      'Turn it off when the maintenance is over: Power Platform admin center > Environments > your environment > Edit.',
  },
  'organization-disabled': {
    cause: () => 'The organization is disabled.',
    remedy: () => 'Check its state and its license in Power Platform admin center > Environments.',
  },
  'organization-other': {
    cause: (d: Details) =>
      `These credentials lead to another organization${named(' (', d.organization, ')')}. This workspace is locked to the one that was confirmed.`,
    remedy: () =>
      'Enter the URL of the confirmed organization. Another organization needs its own installation.',
  },
  'change-tracking-off': {
    cause: (d: Details) => `Change tracking is off for ${named('', d.entity) || 'some tables'}.`,
    remedy: () =>
      'The table is synced all the same: changes by the time of their modification in every cycle, deletions once a day. To have both in every cycle, turn it on in Power Apps > Tables > the table > Properties > Track changes.',
  },
  'filter-unusable': {
    cause: (d: Details) =>
      `The column new_synctomkto is not a Yes/No column${named(' in ', d.entity)}, so it cannot be used as a filter.`,
    remedy: () =>
      'Delete it and make it again as a column of the type Yes/No, or go on without a filter: then all rows are synced.',
  },
  'marketo-user-unset': {
    cause: () => 'The Marketo solution is installed, but no user is set as its Marketo User.',
    remedy: () =>
      'This app works without it. If Marketo itself is still connected: open Marketo Config > Default in Dynamics, choose the user, save and publish.',
  },
  'marketo-user-other': {
    cause: (d: Details) =>
      `The Marketo solution is installed and assigned to another user${named(' (', d.name, ')')}.`,
    remedy: () =>
      'This app works without it. If the same user is to do both: open Marketo Config > Default in Dynamics, choose the application user, save and publish.',
  },
  throttled: {
    cause: () => 'Dynamics 365 is limiting requests at the moment.',
    remedy: () => 'Nothing to do: the sync goes on by itself.',
  },
  'server-failed': {
    cause: () => 'Dynamics 365 reported an internal error.',
    remedy: () =>
      'Try again in a few minutes. Microsoft 365 admin center > Service health shows known problems.',
  },
  'delta-expired': {
    cause: (d: Details) =>
      `Dynamics 365 no longer keeps the changes${named(' of ', d.entity)} since the last sync.`,
    remedy: () => 'Nothing to do: the table is read again in full. Unchanged rows stay as they are.',
  },
  'field-unknown': {
    cause: (d: Details) =>
      `A synced field no longer exists in Dynamics 365${named(': ', d.field)}${named(' (', d.entity, ')')}.`,
    remedy: () =>
      'Open `/dynamics fields`, check the list and save it, even unchanged. Then resume the sync. Next time, pause the sync before you delete a field.',
  },
  'entity-unknown': {
    cause: (d: Details) => `A synced table does not exist in this organization${named(': ', d.entity)}.`,
    remedy: () => 'Check that the table has not been deleted and that the app it belongs to is installed.',
  },
  'request-refused': {
    cause: () => 'Dynamics 365 refused a request.',
    remedy: () => 'Try again. If the problem persists, send the line below to support.',
  },
} satisfies Record<string, FaultText>;
