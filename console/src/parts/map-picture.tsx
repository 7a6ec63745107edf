import { Button, Group, Text } from '@mantine/core';
import { memo, type ReactNode } from 'react';
import type { PlanView } from '../../../src/server/schemas/plan.ts';
import { texts } from '../texts.ts';

/** Which object goes where: a button per mapping, that shows its lines alone. */
export const MapPicture = memo(function MapPicture({ plan, chosen, onChoose }: Readonly<{ plan: PlanView; chosen: string | null; onChoose: (mapping: string | null) => void }>): ReactNode {
  return (
    <Group gap={6} className="picture" role="group" aria-label={texts.map.picture}>
      {plan.mappings.filter((mapping) => mapping.status !== 'rejected').map((mapping) => (
        <Button key={mapping.id} size="compact-xs" variant={chosen === mapping.id ? 'filled' : 'default'} aria-pressed={chosen === mapping.id} onClick={() => onChoose(chosen === mapping.id ? null : mapping.id)}>
          {mapping.source} → {mapping.destination}{mapping.lossy && <span className="mark">{texts.map.lossMark}</span>}{mapping.toReview > 0 && <Text span size="xs" ml={4}>({texts.number(mapping.toReview)})</Text>}
        </Button>
      ))}
    </Group>
  );
});
