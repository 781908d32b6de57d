//! A headless Chromium, driven over its debugging pipe: messages in JSON, each ended by a zero byte.

use std::env;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::Duration;

use serde_json::{Value, json};
use tempfile::TempDir;

/// Names under which Chromium is installed.
const NAMES: [&str; 3] = ["chromium", "chromium-browser", "google-chrome"];
/// Longest wait for an answer. A browser that is silent for so long has hung.
const PATIENCE: Duration = Duration::from_secs(120);

/// The browser's program, where there is one.
pub(crate) fn program() -> Option<PathBuf> {
    let path = env::var_os("PATH")?;
    let folders: Vec<PathBuf> = env::split_paths(&path).collect();
    let programs = NAMES.iter().flat_map(|name| folders.iter().map(move |f| f.join(name)));
    programs.into_iter().find(|program| program.is_file())
}

/// A browser with one page open.
pub(crate) struct Page {
    child: Child,
    input: ChildStdin,
    messages: Receiver<Value>,
    last_id: u64,
    session: Option<String>,
    /// What the page complained about: errors of scripts, and what its policy refused.
    pub(crate) complaints: Vec<String>,
    _profile: TempDir,
}

impl Page {
    /// Starts `program` and opens a file, at `fragment` where it is not empty.
    pub(crate) fn open(program: &Path, file: &Path, fragment: &str) -> Self {
        let profile = tempfile::tempdir().unwrap();
        // The browser reads from descriptor 3 and writes to 4.
        let mut child = Command::new("sh")
            .args(["-c", "exec \"$0\" \"$@\" 3<&0 4>&1 </dev/null >/dev/null 2>&1"])
            .arg(program)
            // The sandbox needs rights that a container may not give; the page is our own.
            .args(["--headless", "--no-sandbox", "--disable-gpu", "--remote-debugging-pipe"])
            .args(["--window-size=1440,1000", "--lang=en"])
            .arg(format!("--user-data-dir={}", profile.path().display()))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let input = child.stdin.take().unwrap();
        let mut output = BufReader::new(child.stdout.take().unwrap());
        let (sender, messages) = channel();
        thread::spawn(move || {
            let mut message = Vec::new();
            while output.read_until(0, &mut message).is_ok_and(|length| length > 0) {
                message.pop();
                let parsed = serde_json::from_slice(&message).unwrap();
                if sender.send(parsed).is_err() {
                    return;
                }
                message.clear();
            }
        });
        let complaints = Vec::new();
        let mut page = Self {
            child,
            input,
            messages,
            last_id: 0,
            session: None,
            complaints,
            _profile: profile,
        };
        page.attach();
        let address = format!("file://{}{fragment}", file.display());
        page.call("Page.navigate", json!({ "url": address }));
        page.wait_for("document.readyState === 'complete'");
        page
    }

    fn attach(&mut self) {
        let target = self.call("Target.createTarget", json!({ "url": "about:blank" }));
        let target = target["targetId"].clone();
        let attached =
            self.call("Target.attachToTarget", json!({ "targetId": target, "flatten": true }));
        self.session = attached["sessionId"].as_str().map(str::to_owned);
        // Without it a page that no window shows hears nothing of the focus.
        self.call("Emulation.setFocusEmulationEnabled", json!({ "enabled": true }));
        for domain in ["Page", "Runtime", "Log"] {
            self.call(&format!("{domain}.enable"), json!({}));
        }
    }

    /// Asks the browser for something and waits for its answer.
    pub(crate) fn call(&mut self, method: &str, parameters: Value) -> Value {
        self.last_id += 1;
        let mut message = json!({ "id": self.last_id, "method": method, "params": parameters });
        if let Some(session) = &self.session {
            message["sessionId"] = json!(session);
        }
        self.input.write_all(message.to_string().as_bytes()).unwrap();
        self.input.write_all(&[0]).unwrap();
        loop {
            let answer = self.messages.recv_timeout(PATIENCE).expect("the browser answers");
            if answer["id"] == json!(self.last_id) {
                assert!(answer["error"].is_null(), "{method}: {answer}");
                return answer["result"].clone();
            }
            let method = answer["method"].as_str().unwrap_or_default();
            let refused =
                method == "Log.entryAdded" && answer["params"]["entry"]["level"] == "error";
            if refused
                || method == "Runtime.exceptionThrown"
                || method == "Page.javascriptDialogOpening"
            {
                self.complaints.push(answer["params"].to_string());
            }
        }
    }

    /// The value of an expression in the page.
    pub(crate) fn value(&mut self, expression: &str) -> Value {
        let parameters =
            json!({ "expression": expression, "returnByValue": true, "awaitPromise": true });
        let answer = self.call("Runtime.evaluate", parameters);
        assert!(answer["exceptionDetails"].is_null(), "{expression}: {answer}");
        answer["result"]["value"].clone()
    }

    /// Waits until an expression is true.
    pub(crate) fn wait_for(&mut self, expression: &str) {
        let tries = PATIENCE.as_millis() / 50;
        let mut is_true = (0..tries).map(|_| {
            thread::sleep(Duration::from_millis(50));
            self.value(expression) == true
        });
        assert!(is_true.any(|is_true| is_true), "never: {expression}");
    }

    /// Moves the pointer over the middle of the first line of an element; with `click` it clicks there too.
    pub(crate) fn point_at(&mut self, selector: &str, click: bool) {
        // What comes near the view is laid out only then, and moves what stands around it: the place counts once it rests.
        let place = self.value(&format!(
            "(async () => {{ const e = document.querySelector({}); let before = null; \
             for (;;) {{ e.scrollIntoView({{ block: 'center', behavior: 'instant' }}); \
             await new Promise(done => requestAnimationFrame(() => setTimeout(done, 30))); \
             const b = e.getClientRects()[0]; const place = [b.x + b.width / 2, b.y + b.height / 2]; \
             if (before && place.join() === before.join()) return place; before = place; }} }})()",
            json!(selector)
        ));
        let mut event = json!({ "type": "mouseMoved", "x": place[0], "y": place[1] });
        self.call("Input.dispatchMouseEvent", event.clone());
        for kind in ["mousePressed", "mouseReleased"].iter().filter(|_| click) {
            event["type"] = json!(kind);
            event["button"] = json!("left");
            event["clickCount"] = json!(1);
            self.call("Input.dispatchMouseEvent", event.clone());
        }
    }

    /// Presses a key, e.g. `n` or `ArrowDown`.
    pub(crate) fn press(&mut self, key: &str) {
        let mut event = json!({ "type": "keyDown", "key": key });
        if key.chars().count() == 1 {
            event["text"] = json!(key);
        }
        self.call("Input.dispatchKeyEvent", event.clone());
        event["type"] = json!("keyUp");
        self.call("Input.dispatchKeyEvent", event);
    }
}

impl Drop for Page {
    fn drop(&mut self) {
        // It may be gone already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
