/** Two soft tones, quieter than speech; made here, there is no file. */
const TONES = [{ hz: 587, at: 0 }, { hz: 880, at: 0.09 }] as const;
const LOUD = 0.05;
const FADE_S = 0.16;
let audio: AudioContext | null = null;

/** A short quiet sound. A window that nobody has touched yet may not make one: then there is none. */
export function chime(): void {
  audio ??= new AudioContext();
  if (audio.state === 'suspended') void audio.resume().catch(() => undefined);
  for (const { hz, at } of TONES) {
    const begins = audio.currentTime + at;
    const tone = audio.createOscillator();
    const volume = audio.createGain();
    tone.frequency.value = hz;
    volume.gain.setValueAtTime(0, begins);
    volume.gain.linearRampToValueAtTime(LOUD, begins + 0.02);
    volume.gain.exponentialRampToValueAtTime(0.0001, begins + FADE_S);
    tone.connect(volume).connect(audio.destination);
    tone.start(begins);
    tone.stop(begins + FADE_S);
  }
}
