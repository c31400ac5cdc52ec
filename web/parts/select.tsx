import type { TargetedEvent } from 'preact';
import { useId } from 'preact/hooks';

interface SelectProps<Value extends string> {
  readonly label: string;
  readonly value: Value;
  readonly options: readonly (readonly [value: Value, text: string])[];
  /** For screen readers alone, where what it chooses is plain to see. */
  readonly hasHiddenLabel?: boolean;
  onChoose(value: Value): void;
}

export function Select<const Value extends string>(props: SelectProps<Value>) {
  const { label, value, options, hasHiddenLabel = false, onChoose } = props;
  const id = useId();
  const choose = (event: TargetedEvent<HTMLSelectElement>) => onChoose(event.currentTarget.value as Value);
  return (
    <div class="field">
      <label for={id} class={hasHiddenLabel ? 'visually-hidden' : 'label'}>
        {label}
      </label>
      <select id={id} value={value} onChange={choose}>
        {options.map(([option, text]) => (
          <option key={option} value={option}>
            {text}
          </option>
        ))}
      </select>
    </div>
  );
}
