import { ActionIcon, Button, Group, NativeSelect, TextInput } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useAdded } from '../../ui/useAdded.ts';
import { type ComposerAction, type ComposerState, MAX_ANSWER } from './composerState.ts';

/** Far more than an answer may have: what is pasted stays whole until it is shortened. */
const MOST_TYPED = 280;
const LENGTHS = [60, 360, 720, 1440, 2880, 4320, 10_080];

/** Two to four answers and how long they stand open. */
export function PollEditor({ state, disabled, dispatch }: { state: ComposerState; disabled: boolean; dispatch: (action: ComposerAction) => void }) {
  const { t } = useTranslation();
  const { poll } = state;
  const added = useAdded<HTMLInputElement>();
  if (!poll) return null;
  const set = (options: string[], minutes = poll.minutes): void => dispatch({ type: 'poll', poll: { options, minutes } });
  return (
    <fieldset className="part" disabled={disabled} data-testid="poll">
      <legend>{t('composer.poll')}</legend>
      {poll.options.map((option, index) => (
        <Group key={index} gap={4} wrap="nowrap" align="flex-start">
          <TextInput
            ref={index === poll.options.length - 1 ? added.last : null}
            style={{ flex: 1 }} label={t('composer.pollOption', { n: index + 1 })} value={option} maxLength={MOST_TYPED} error={option.length > MAX_ANSWER ? t('composer.pollOver', { count: option.length - MAX_ANSWER, max: MAX_ANSWER }) : null} data-testid="poll-option"
            rightSection={<span className={option.length > MAX_ANSWER ? 'counter over' : 'quiet'}>{option.length}/{MAX_ANSWER}</span>} rightSectionWidth={52} onChange={(event) => set(poll.options.map((each, i) => (i === index ? event.currentTarget.value : each)))}
          />
          {poll.options.length > 2 ? <ActionIcon mt={18} aria-label={t('composer.removeOption', { n: index + 1 })} onClick={() => set(poll.options.filter((_, i) => i !== index))}><IconX size={13} /></ActionIcon> : null}
        </Group>
      ))}
      <Group gap="xs" mt={6} align="flex-end">
        <NativeSelect label={t('composer.pollLength')} value={String(poll.minutes)} onChange={(event) => set(poll.options, Number(event.currentTarget.value))} data={[...new Set([...LENGTHS, poll.minutes])].map((minutes) => ({ value: String(minutes), label: minutes < 1440 ? t('composer.hours', { count: Math.round(minutes / 60) }) : t('composer.days', { count: Math.round(minutes / 1440) }) }))} />
        {poll.options.length < 4 ? <Button variant="default" size="compact-sm" onClick={() => { added.next(); set([...poll.options, '']); }}>{t('composer.addOption')}</Button> : null}
        <Button variant="subtle" size="compact-sm" onClick={() => dispatch({ type: 'poll', poll: null })}>{t('composer.removePoll')}</Button>
      </Group>
    </fieldset>
  );
}
