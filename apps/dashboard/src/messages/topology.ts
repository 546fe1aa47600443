/** The texts of the topology and of what a join would do, apart from the others: they come with the scripts that show them. */
export { joinPlan } from './en/join-plan';
export { topology } from './en/topology';
