package dev.centime.ingest.view.costs.efficiency;

/** A part of what {@link SelectTasks} tells: which tasks it adds up, and by what. */
enum Block {
    /** Everything; the number counts calls without a known cost. */
    TOTAL,
    /** By provider and model. */
    MODEL,
    PHASE,
    MILESTONE,
    /** By complexity and {@link TaskHeatMap class of cost}: single calls with a known cost. */
    HEAT,
    /** The day, by its place in the period, that cost most. */
    DAY,
    /** By {@link Waste}; the cost is what was wasted. */
    WASTE,
    /** By provider and model: tasks that are said to be simple. */
    SIMPLE,
    /** Tasks that are alike and came together. */
    ALIKE,
    /** Tasks whose input is far longer than usual for their kind. */
    LONG_PROMPT,
    /** By {@link Told}: whether something is known of any single call; 1 or 0 tasks. */
    TOLD,
    /** By phase, a session each; the number counts all sessions of the phase. */
    SESSION,
    /** What files say that sessions may cost, and what those sessions cost: two rows, by that name. */
    ALLOCATED,
    /** The number is the microsecond of the first call. */
    FIRST;

    /** What may be known of a call. */
    enum Told {
        TASK,
        RETRY,
        FAILURE,
        COMPLEXITY,
        LIKENESS,
        NORMAL
    }

    /** Why a task's cost was wasted; one reason each, the first that holds. */
    enum Waste {
        FAILED_ATTEMPTS,
        REDUNDANT_TASKS,
        OVER_ENGINEERED
    }
}
