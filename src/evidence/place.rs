//! Where a unit stands: in the document, towards its running text, and towards its body.

use super::features::Feature;
use super::shape::End;
use super::unit::{FAR, Unit, row};
use super::whole::Whole;

pub(super) fn places(units: &[Unit], document: &Whole, values: &mut [f32]) {
    let count = units.len();
    let far = |n: usize| (n as f32).min(FAR);
    let total: f32 = units.iter().filter(|u| u.shape.is_prose()).map(|u| u.words()).sum();
    let mean = units.iter().map(|u| u.words()).sum::<f32>() / count as f32;
    let share = |is: &dyn Fn(&Unit) -> bool| units.iter().filter(|u| is(u)).count() as f32 / count as f32;
    let short = share(&|u| u.shape.words < 5.0);
    let ends = share(&|u| u.shape.end == End::Sentence);
    let strong = share(&|u| u.is_strong());
    let blank = units.iter().map(|u| u.gap.min(2) as f32).sum::<f32>() / count as f32;
    let rows = units.iter().map(|u| u.shape.rows).sum::<f32>() / count as f32;
    let (body_start, body_end) = document.body;
    let (core_start, core_end) = document.core;
    let signed = |at: usize, from: usize| (at as f32 - from as f32).clamp(-FAR, FAR);
    let (mut since, mut before) = (FAR, 0.0);
    for (i, unit) in units.iter().enumerate() {
        let mut row = row(values, i);
        row.set(Feature::from_start, far(i));
        row.set(Feature::from_end, far(count - 1 - i));
        row.set(Feature::relative, i as f32 / count as f32);
        row.set(Feature::since_prose, since);
        row.set(Feature::head, document.first_prose.map_or(FAR, |first| far(first.saturating_sub(i))));
        row.set(Feature::tail, document.last_prose.map_or(FAR, |last| far(i.saturating_sub(last))));
        row.set(Feature::prose_before, before / total.max(1.0));
        row.set(Feature::body_start, signed(i, body_start));
        row.set(Feature::body_end, signed(i, body_end));
        row.set(Feature::body_in, f32::from(u8::from((body_start..body_end).contains(&i))));
        row.set(Feature::core_start, signed(i, core_start));
        row.set(Feature::core_end, signed(i, core_end));
        row.set(Feature::doc_units, far(count) + (count as f32 / 10.0).min(60.0));
        row.set(Feature::doc_prose, document.prose_share);
        row.set(Feature::doc_mean, mean);
        row.set(Feature::doc_short, short);
        row.set(Feature::doc_ends, ends);
        row.set(Feature::doc_blank, blank);
        row.set(Feature::doc_strong, strong);
        row.set(Feature::doc_rows, rows);
        row.set(Feature::doc_body, (body_end - body_start) as f32 / count as f32);
        since = (since + 1.0).min(FAR);
        if unit.shape.is_prose() {
            since = 0.0;
            before += unit.words();
        }
    }
    let mut until = FAR;
    for (i, unit) in units.iter().enumerate().rev() {
        row(values, i).set(Feature::until_prose, until);
        until = if unit.shape.is_prose() { 0.0 } else { (until + 1.0).min(FAR) };
    }
}
