// Numbers as people read them.

const counts = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });

export function count(value: number): string {
  return counts.format(value);
}

// Three or four digits that mean something, never an exponent.
export function number(value: number): string {
  if (value === 0) return "0";
  const size = Math.abs(value);
  if (size >= 1000) return counts.format(value);
  const digits = size >= 100 ? 1 : size >= 10 ? 2 : 3;
  if (size < 0.001) return value.toPrecision(2);
  return String(Number(value.toFixed(digits)));
}

// Beside an axis: 1,000,000 is wider than its gutter.
export function short(value: number): string {
  return value >= 1e6 ? `${number(value / 1e6)} M` : number(value);
}

// As short as it may be beside many others: three digits.
export function brief(value: number): string {
  const size = Math.abs(value);
  if (size >= 100) return counts.format(value);
  return String(Number(value.toFixed(size >= 10 ? 1 : size >= 0.1 ? 2 : 3)));
}

// To a tenth; never rounded up to all or down to nothing: 99.96 % is not 100 %. As ShareText.cs has it.
export function percent(share: number): string {
  if (share > 0 && share < 0.001) return "under 0.1 %";
  const value = share * 100;
  const near = value > 99.9 && value < 100;
  const digits = near ? Math.min(Math.max(Math.ceil(-Math.log10(100 - value)), 2), 4) : 1;
  const unit = 10 ** digits;
  const rounded = share < 1 ? Math.min(Math.round(value * unit) / unit, 100 - 1 / unit) : value;
  return `${Number(rounded.toFixed(digits))} %`;
}

export function seconds(value: number, digits = 3): string {
  return `${value.toFixed(digits)} s`;
}

// A short span in the unit that suits it.
export function span(value: number): string {
  if (value < 1e-3) return `${number(value * 1e6)} µs`;
  if (value < 1) return `${number(value * 1e3)} ms`;
  return `${number(value)} s`;
}

export function milliseconds(value: number): string {
  return value >= 1000 ? `${number(value / 1000)} s` : `${number(value)} ms`;
}

export function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

export function plural(n: number, one: string, many = `${one}s`): string {
  return `${count(n)} ${n === 1 ? one : many}`;
}
