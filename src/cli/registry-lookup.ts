import type { Connector } from '../connector/connector.ts';
import { ConfigurationError } from '../connector/errors.ts';
import type { Route } from '../engine/route.ts';
import { closest } from './suggestion.ts';

/** What this installation can move: the lists that `registry.ts` fills. */
export interface Registry { readonly connectors: readonly Connector[]; readonly routes: readonly Route[] }

/** @throws ConfigurationError 'no-route' with the nearest route id. */
export function routeById(registry: Registry, id: string): Route {
  const route = registry.routes.find((candidate) => candidate.id === id);
  if (route !== undefined) return route;
  throw new ConfigurationError({ code: 'no-route', message: `There is no route '${id}'`, remedy: closest(id, registry.routes.map((candidate) => candidate.id), 'the routes are') });
}

/** @throws ConfigurationError 'no-connector' where a route names a platform nobody wrote a connector for. */
export function connectorOf(registry: Registry, platform: string): Connector {
  const connector = registry.connectors.find((candidate) => candidate.platform === platform);
  if (connector !== undefined) return connector;
  throw new ConfigurationError({ code: 'no-connector', message: `There is no connector for '${platform}'`, remedy: closest(platform, registry.connectors.map((candidate) => candidate.platform), 'the platforms are') });
}
