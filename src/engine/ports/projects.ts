import type { Catalog } from '../../connector/catalog.ts';
import type { Json, JsonObject } from '../../connector/json.ts';

export type Role = 'source' | 'destination';

/** One customer's migration. */
export interface Project { readonly id: string; readonly name: string; readonly route: string; readonly createdAt: string }

/** A connector with settings; secrets are decrypted only here and never leave the process. */
export interface StoredConnection {
  readonly projectId: string;
  readonly role: Role;
  readonly platform: string;
  readonly settings: JsonObject; // without secrets
  readonly secrets: { readonly [name: string]: string };
}

export interface StoredCatalog { readonly catalog: Catalog; readonly hash: string; readonly discoveredAt: string }

/** A plan version. Its text is kept as the person wrote it; the hash is over the parsed content. */
export interface StoredPlan {
  readonly projectId: string;
  readonly version: number; // 1, 2, … per project
  readonly hash: string;
  readonly text: string; // YAML
  readonly confirmedAt: string | null; // null = draft
  readonly confirmedBy: string | null;
  readonly createdAt: string;
}

export interface ProjectStore {
  createProject(params: Readonly<{ name: string; route: string }>): Promise<Project>; // throws ConfigurationError 'project-exists'
  findProject(name: string): Promise<Project | null>;
  projectById(id: string): Promise<Project>;
  listProjects(): Promise<readonly Project[]>;
  saveConnection(connection: StoredConnection): Promise<void>; // replaces the role's connection
  loadConnection(projectId: string, role: Role): Promise<StoredConnection | null>;
  saveCatalog(params: Readonly<{ projectId: string; role: Role; catalog: Catalog; hash: string }>): Promise<void>;
  loadCatalog(projectId: string, role: Role): Promise<StoredCatalog | null>;
  savePlan(params: Readonly<{ projectId: string; hash: string; text: string }>): Promise<StoredPlan>; // same hash as the newest: returns that one
  confirmPlan(params: Readonly<{ projectId: string; version: number; by: string }>): Promise<StoredPlan>;
  latestPlan(projectId: string): Promise<StoredPlan | null>;
  planByHash(projectId: string, hash: string): Promise<StoredPlan | null>;
  audit(params: Readonly<{ projectId: string | null; actor: string; action: string; details: JsonObject }>): Promise<void>; // append-only
  setFact(projectId: string, name: string, value: Json): Promise<void>; // small project facts, e.g. the fingerprint before the first write
  getFact(projectId: string, name: string): Promise<Json | null>;
  /** Those of the names under which the project has a fact. */
  factsNamed(params: Readonly<{ projectId: string; names: readonly string[] }>): Promise<readonly string[]>;
}
