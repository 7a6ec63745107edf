import type { Field, ModelSchema } from '../schema/parse-schema.ts';
import type { ModelBehaviour } from './behaviour.ts';

/** Rows of `model` are held through the many2one `through`; its fields are read and written as one's own. */
export interface Inheritance { readonly through: string; readonly model: string }

/** A model with its fields by name; fields made by users are added and removed at run time. */
export interface Model {
  readonly name: string;
  readonly label: string;
  /** Default order, as in an `order` argument. */
  readonly order: string;
  readonly fields: Map<string, Field>;
  readonly behaviour: ModelBehaviour;
  readonly inherits: Inheritance | null;
  /** Has followers and a chatter. */
  readonly isThread: boolean;
}

/** Does the value stand in the row itself, or must it be worked out (`field-value.ts`)? */
export function hasColumn(model: Model, field: Field): boolean {
  return field.stored && field.inheritedThrough === null && field.type !== 'one2many' && model.behaviour.computed?.[field.name] === undefined;
}

/** A many2one (or many2many) column somewhere that points at a model. */
export interface Reference { readonly model: string; readonly field: Field }

/** The models of one server. */
export class Registry {
  readonly #models = new Map<string, Model>();
  #references: Map<string, Reference[]> | null = null;

  add(model: Model): void {
    this.#models.set(model.name, model);
    this.#references = null;
  }

  get(name: string): Model | undefined {
    return this.#models.get(name);
  }

  names(): string[] {
    return [...this.#models.keys()];
  }

  models(): Iterable<Model> {
    return this.#models.values();
  }

  setField(model: string, field: Field): void {
    this.#models.get(model)?.fields.set(field.name, field);
    this.#references = null;
  }

  removeField(model: string, name: string): void {
    this.#models.get(model)?.fields.delete(name);
    this.#references = null;
  }

  /** Stored many2one and many2many columns that point at the model. */
  referencesTo(name: string): readonly Reference[] {
    if (!this.#references) {
      this.#references = new Map();
      for (const model of this.#models.values()) {
        for (const field of model.fields.values()) {
          if (!field.relation || !field.stored || field.inheritedThrough || (field.type !== 'many2one' && field.type !== 'many2many')) continue;
          const list = this.#references.get(field.relation) ?? [];
          list.push({ model: model.name, field });
          this.#references.set(field.relation, list);
        }
      }
    }
    return this.#references.get(name) ?? [];
  }
}

/** Fields every model has. */
export function magicFields(): Pick<ModelSchema['fields'][number], 'name' | 'type' | 'label' | 'relation' | 'stored'>[] {
  return [
    { name: 'id', type: 'integer', label: 'ID', relation: null, stored: true },
    { name: 'display_name', type: 'char', label: 'Display Name', relation: null, stored: false },
    { name: 'create_uid', type: 'many2one', label: 'Created by', relation: 'res.users', stored: true },
    { name: 'create_date', type: 'datetime', label: 'Created on', relation: null, stored: true },
    { name: 'write_uid', type: 'many2one', label: 'Last Updated by', relation: 'res.users', stored: true },
    { name: 'write_date', type: 'datetime', label: 'Last Updated on', relation: null, stored: true },
  ];
}
