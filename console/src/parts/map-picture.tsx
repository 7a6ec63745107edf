import { Button, Group, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { memo, useMemo, type ReactNode } from 'react';
import type { PlanView } from '../../../src/server/schemas/plan.ts';
import { texts } from '../texts.ts';
import { ObjectsPicture } from './objects-picture.tsx';

/** Which object goes where: a button per mapping, that shows its lines alone, and all of it drawn for who wants to see it. */
export const MapPicture = memo(function MapPicture({ plan, chosen, onChoose }: Readonly<{ plan: PlanView; chosen: string | null; onChoose: (mapping: string | null) => void }>): ReactNode {
  const [open, { toggle }] = useDisclosure(false);
  const mappings = useMemo(() => plan.mappings.filter((mapping) => mapping.status !== 'rejected'), [plan.mappings]);
  const pairs = Map.groupBy(mappings, (mapping) => JSON.stringify([mapping.source, mapping.destination]));
  const isAlone = (mapping: PlanView['mappings'][number]): boolean => pairs.get(JSON.stringify([mapping.source, mapping.destination]))?.length === 1;
  const choose = (id: string): void => onChoose(chosen === id ? null : id);
  return (
    <>
      <Group gap="xs" align="flex-start" wrap="nowrap">
        <Button size="compact-xs" variant="default" aria-expanded={open} style={{ flexShrink: 0, marginTop: 2 }} onClick={toggle}>{open ? texts.map.hidePicture : texts.map.showPicture}</Button>
        <Group gap={6} className="picture" role="group" aria-label={texts.map.picture}>
          {mappings.map((mapping) => (
            <Button key={mapping.id} size="compact-xs" variant={chosen === mapping.id ? 'filled' : 'default'} aria-pressed={chosen === mapping.id} onClick={() => choose(mapping.id)}>
              {texts.map.mappingOf(mapping.source, mapping.destination, mapping.id, isAlone(mapping))}{mapping.lossy && <span className="mark">{texts.map.lossMark}</span>}{mapping.toReview > 0 && <Text span size="xs" ml={4}>({texts.number(mapping.toReview)})</Text>}
            </Button>
          ))}
        </Group>
      </Group>
      {open && <ObjectsPicture mappings={mappings} chosen={chosen} onChoose={choose} />}
    </>
  );
});
