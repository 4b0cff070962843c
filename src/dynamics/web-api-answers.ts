import { z } from 'zod';

/** Answers that are not row pages, as far as they are used. What may be missing somewhere is optional here. */

const id = z.string().transform((value) => value.toLowerCase());
const localizedLabel = z.object({ Label: z.string(), LanguageCode: z.number() });

const label = z
  .object({
    LocalizedLabels: z.array(localizedLabel).nullish().catch(null),
    UserLocalizedLabel: localizedLabel.nullish().catch(null),
  })
  .nullish()
  .catch(null);

export type WireLabel = z.infer<typeof label>;

export const whoAmIAnswer = z.object({ UserId: id, OrganizationId: id });

export const systemUserAnswer = z.object({
  fullname: z.string().nullish().catch(null),
  internalemailaddress: z.string().nullish().catch(null),
  domainname: z.string().nullish().catch(null),
  isdisabled: z.boolean().nullish().catch(null),
  applicationid: z.string().nullish().catch(null),
});

export const currentOrganizationAnswer = z.object({
  Detail: z.object({
    OrganizationId: id.optional(),
    FriendlyName: z.string().nullish(),
    UniqueName: z.string().nullish(),
  }),
});

export const organizationsAnswer = z.object({
  value: z.array(z.object({ name: z.string().nullish() })),
});

const entityDefinition = z.object({
  LogicalName: z.string(),
  EntitySetName: z.string().nullish(),
  PrimaryIdAttribute: z.string().nullish(),
  PrimaryNameAttribute: z.string().nullish(),
  ChangeTrackingEnabled: z.boolean().nullish(),
  DisplayName: label,
});

export type EntityDefinition = z.infer<typeof entityDefinition>;
export const entityDefinitionsAnswer = z.object({ value: z.array(entityDefinition) });

const wrapped = z.object({ Value: z.string().nullish() }).nullish().catch(null);

const attribute = z.object({
  LogicalName: z.string(),
  AttributeType: z.string().nullish(),
  AttributeTypeName: wrapped,
  AttributeOf: z.string().nullish(),
  IsValidForRead: z.boolean().nullish(),
  IsValidODataAttribute: z.boolean().nullish(),
  DisplayName: label,
});

export type Attribute = z.infer<typeof attribute>;
export const attributesAnswer = z.object({ value: z.array(attribute) });

export const dateAttributesAnswer = z.object({
  value: z.array(
    z.object({
      LogicalName: z.string(),
      Format: z.string().nullish().catch(null),
      DateTimeBehavior: wrapped,
    }),
  ),
});

export const totalRecordCountAnswer = z.object({
  EntityRecordCountCollection: z.object({
    Keys: z.array(z.string()),
    Values: z.array(z.coerce.number()),
  }),
});

/** `$apply` answers: a group of rows without a value may lack the property altogether. */
export const aggregateAnswer = z.object({ value: z.array(z.record(z.string(), z.unknown())) });
