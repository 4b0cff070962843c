/** Said some days before what the application signs in with ends. */
export const expiring = {
  header: { secret: 'The client secret expires soon', certificate: 'The certificate expires soon' },
  holds: { secret: 'client secret', certificate: 'certificate' },
  left: (days: number) => (days === 0 ? 'in less than a day' : days === 1 ? 'in 1 day' : `in ${days} days`),
  text: (holds: string, name: string, left: string) =>
    `The ${holds} with which this app signs in to ${name} expires ${left}.`,
  date: (date: string) => `Expires: ${date}`,
  remedy: {
    secret:
      'Create a new secret: Microsoft Entra admin center > App registrations > your app > Certificates & secrets. Then enter its value here; the old one stays valid until it expires.',
    certificate:
      'Create a new certificate, upload it (Microsoft Entra admin center > App registrations > your app > Certificates & secrets > Certificates), and put it in the place of the old one.',
  },
  otherwise: 'If nothing is done, the sync stops then. What is stored stays.',
};
