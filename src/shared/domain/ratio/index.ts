export { allowedTimes, applyChange, type Change, checkPlacement, type Placement } from './check.ts';
export { evaluate, isSent, orderUnits, placeOf, type RatioContext, type Violation, weightsOf } from './evaluate.ts';
export { changeOfFix, type Fix, suggestFixes } from './fixes.ts';
export { judgeBatch, type Repair, repair, type SendCheck, sendCheck, type Strip, stripFor, type TierShare } from './plan.ts';
