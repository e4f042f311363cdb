//! A verdict for each line, by patterns alone.
//!
//! `sure` lines go, blocks go, `keep` lines stay; patterns with a place act where the text has not begun or has
//! ended. The steps are repeated until nothing changes, because a removal can move the head or bring the lines of
//! a box together. So cleaning a cleaned document finds nothing more: the decision is a fixed point.

use super::cleaned::Why;
use super::place::Frame;
use super::rows::{Rows, Verdict};
use super::{blocks, protect};
use crate::engine::{Engine, Role};
use crate::patterns::{Pattern, Place, Strength};

/// Rounds at most. Each round but the last removes something; real documents need two, three with boxes that
/// frame each other. The bound keeps a made-up document from costing quadratic time.
const MAX_ROUNDS: usize = 32;

/// Decides all rows by their hits.
pub(super) fn by_patterns(rows: &mut Rows, text: &str, engine: &Engine) {
    protect::from_patterns(rows, text, engine);
    let mut placed = Vec::new(); // rows that a pattern with a place would take
    let mut open = Vec::new(); // rows that may open a block
    for i in 0..rows.rows.len() {
        let row = rows.rows[i];
        if rows.hits(&row).is_empty() || !matches!(row.verdict, Verdict::Open | Verdict::Go(Why::Line(_))) {
            continue;
        }
        if rows.hit(&row, Role::Line, engine, |p| p.strength == Strength::Keep).is_some() {
            rows.rows[i].verdict = Verdict::Stay;
            continue;
        }
        if rows.hit(&row, Role::Open, engine, is_sure).is_some() {
            open.push(i);
        }
        if row.verdict != Verdict::Open {
            continue;
        }
        if let Some(hit) = rows.hit(&row, Role::Line, engine, |p| is_sure(p) && !is_placed(p)) {
            rows.rows[i].verdict = Verdict::Go(Why::Line(hit));
        } else if rows.hit(&row, Role::Line, engine, |p| is_sure(p) && is_placed(p)).is_some() {
            placed.push(i);
        }
    }
    if placed.is_empty() && open.is_empty() {
        return;
    }
    for _ in 0..MAX_ROUNDS {
        let frame = Frame::of(rows, text, engine);
        let mut changed = false;
        for &i in &placed {
            let row = rows.rows[i];
            let fits =
                |p: &Pattern| is_sure(p) && is_placed(p) && frame.is_some_and(|f| f.allows(p.place, i));
            if row.verdict == Verdict::Open
                && let Some(hit) = rows.hit(&row, Role::Line, engine, fits)
            {
                rows.rows[i].verdict = Verdict::Go(Why::Line(hit));
                changed = true;
            }
        }
        // From the end, so that each block sees the final state of all lines below it.
        for &i in open.iter().rev() {
            changed |= blocks::take(rows, text, engine, i, frame);
        }
        if !changed {
            break;
        }
    }
}

fn is_sure(pattern: &Pattern) -> bool {
    pattern.strength == Strength::Sure
}

fn is_placed(pattern: &Pattern) -> bool {
    pattern.place != Place::Any
}
