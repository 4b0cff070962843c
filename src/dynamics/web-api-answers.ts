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
    FriendlyName: z.string().nullish().catch(null),
    UniqueName: z.string().nullish().catch(null),
  }),
});

export const organizationsAnswer = z.object({
  value: z.array(z.object({ name: z.string().nullish() })),
});

const text = z.string().nullish().catch(null);

export const userPrivilegesAnswer = z.object({
  RolePrivileges: z.array(z.object({ PrivilegeName: text, PrivilegeId: text, Depth: text })),
});

const privilege = z.object({ Name: text, PrivilegeId: text, PrivilegeType: text });

export const entityPrivilegesAnswer = z.object({
  value: z.array(z.object({ LogicalName: z.string(), Privileges: z.array(privilege).nullish().catch(null) })),
});

export const solutionsAnswer = z.object({
  value: z.array(z.object({ solutionid: z.string(), uniquename: text, version: text })),
});
export const solutionComponentsAnswer = z.object({ value: z.array(z.object({ objectid: z.string() })) });
export const configDefinitionAnswer = z.object({ LogicalName: z.string(), EntitySetName: z.string() });
export const rowsAnswer = z.object({ value: z.array(z.record(z.string(), z.unknown())) });

const flag = z.boolean().nullish().catch(null);

/** Asked for by its name it need not say it. */
export const entityDefinitionAnswer = z.object({
  LogicalName: text,
  EntitySetName: text,
  PrimaryIdAttribute: text,
  PrimaryNameAttribute: text,
  ChangeTrackingEnabled: flag,
  DisplayName: label,
});

const entityDefinition = entityDefinitionAnswer.extend({ LogicalName: z.string() });

export type EntityDefinition = z.infer<typeof entityDefinition>;
export const entityDefinitionsAnswer = z.object({ value: z.array(entityDefinition) });

const relationship = z.object({ ReferencedEntity: text });

export const candidatesAnswer = z.object({
  value: z.array(
    entityDefinition.extend({
      IsIntersect: flag,
      IsPrivate: flag,
      ManyToOneRelationships: z.array(relationship).nullish().catch(null),
    }),
  ),
});

const wrapped = z.object({ Value: z.string().nullish() }).nullish().catch(null);

const attribute = z.object({
  LogicalName: z.string(),
  '@odata.type': text,
  AttributeType: text,
  AttributeTypeName: wrapped,
  AttributeOf: text,
  IsValidForRead: flag,
  IsValidODataAttribute: flag,
  Format: text,
  DateTimeBehavior: wrapped,
  DisplayName: label,
});

export type Attribute = z.infer<typeof attribute>;
export const attributesAnswer = z.object({ value: z.array(attribute) });
export const lookupAttributesAnswer = z.object({
  value: z.array(
    z.object({
      LogicalName: z.string(),
      Targets: z.array(z.string()).nullish().catch(null),
      IsCustomAttribute: flag,
    }),
  ),
});
export const expandedAttributesAnswer = z.object({ Attributes: z.array(attribute) });

export const dateAttributesAnswer = z.object({
  value: z.array(attribute.pick({ LogicalName: true, Format: true, DateTimeBehavior: true })),
});

export const totalRecordCountAnswer = z.object({
  EntityRecordCountCollection: z.object({
    Keys: z.array(z.string()),
    Values: z.array(z.coerce.number()),
  }),
});

/** `$apply` answers: a group of rows without a value may lack the property altogether. */
export const aggregateAnswer = z.object({ value: z.array(z.record(z.string(), z.unknown())) });
