//! Ctrl-C and its like: files in hand are finished, no others begun; a second one ends the program at once.

use dechaff::{Error, ErrorKind};
use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::flag;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

#[cfg(unix)]
const SIGNALS: [i32; 3] = [SIGINT, SIGTERM, signal_hook::consts::SIGHUP];
#[cfg(not(unix))]
const SIGNALS: [i32; 2] = [SIGINT, SIGTERM];

/// Set when the program has been asked to stop.
pub(crate) struct Stop {
    pub asked: Arc<AtomicBool>,
    signal: Arc<AtomicUsize>,
}

impl Stop {
    /// Begins to listen.
    pub(crate) fn listen() -> Result<Self, Error> {
        let stop = Self { asked: Arc::default(), signal: Arc::default() };
        for signal in SIGNALS {
            let number = usize::try_from(signal).unwrap_or_default();
            // Registered first, so that it acts from the second signal on.
            flag::register_conditional_shutdown(signal, 128 + signal, stop.asked.clone())
                .and_then(|_| flag::register_usize(signal, stop.signal.clone(), number))
                .and_then(|_| flag::register(signal, stop.asked.clone()))
                .map_err(|error| {
                    Error::new(ErrorKind::Usage, format!("cannot listen for signals: {error}"))
                })?;
        }
        // Heard and forgotten: a write over the limit on file sizes fails instead of ending the program.
        #[cfg(unix)]
        flag::register(signal_hook::consts::SIGXFSZ, Arc::default())
            .map_err(|error| Error::new(ErrorKind::Usage, format!("cannot listen for signals: {error}")))?;
        Ok(stop)
    }

    /// The signal that asked, if one did.
    pub(crate) fn signal(&self) -> Option<u8> {
        let signal = self.signal.load(Ordering::Relaxed);
        self.asked.load(Ordering::Relaxed).then(|| u8::try_from(signal).unwrap_or_default())
    }
}
