/** What browsers say of themselves, for people. */
const BROWSERS = [
  [/\bEdg/, 'Edge'],
  [/\bOPR\//, 'Opera'],
  [/\bMicroMessenger\//, '微信'],
  [/\bFirefox\/|\bFxiOS\//, 'Firefox'],
  [/\bChrome\/|\bCriOS\//, 'Chrome'],
  [/\bSafari\//, 'Safari'],
];
const SYSTEMS = [
  [/\biPhone\b/, 'iPhone'],
  [/\biPad\b/, 'iPad'],
  [/\bAndroid\b/, 'Android'],
  [/\bWindows\b/, 'Windows'],
  [/\bMac OS X\b/, 'macOS'],
  [/\bLinux\b/, 'Linux'],
];
const LONGEST = 60;

/** `Chrome · Linux`, or the beginning of what it said. @param {string} agent */
export function deviceName(agent) {
  const known = [first(BROWSERS, agent), first(SYSTEMS, agent)].filter(Boolean);
  return known.length ? known.join(' · ') : agent.slice(0, LONGEST);
}

const first = (table, agent) => table.find(([pattern]) => pattern.test(agent))?.[1];
