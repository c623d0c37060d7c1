export { SimulatedClock as ManualClock } from '../../src/main/core/jobs/simulatedClock.ts';
