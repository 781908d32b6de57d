//! Markup that cannot be broken out of: tags and attributes are the program's own, texts and values are escaped.

use super::labels;
use crate::report::sanitise;

/// The attributes of an element: names of the program's own, and values that may come from anybody.
pub(super) type Attributes<'a> = &'a [(&'a str, &'a str)];

/// HTML in the making. Elements are closed in the order they demand, since each is written around its content.
#[derive(Debug, Default)]
pub(super) struct Html {
    written: String,
}

impl Html {
    /// The text of the page so far.
    pub(super) fn finish(self) -> String {
        self.written
    }

    /// The text of the page so far, while more is written.
    pub(super) fn written(&self) -> &str {
        &self.written
    }

    /// Its length in bytes.
    pub(super) fn len(&self) -> usize {
        self.written.len()
    }

    /// An element around what `content` writes.
    pub(super) fn element(
        &mut self,
        tag: &str,
        attributes: Attributes<'_>,
        content: impl FnOnce(&mut Self),
    ) {
        self.start(tag, attributes);
        content(self);
        self.written.push_str("</");
        self.written.push_str(tag);
        self.written.push('>');
    }

    /// An element that holds only text.
    pub(super) fn leaf(&mut self, tag: &str, attributes: Attributes<'_>, text: &str) {
        self.element(tag, attributes, |html| html.text(text));
    }

    /// An element that has no content and no end, e.g. `meta`.
    pub(super) fn void(&mut self, tag: &str, attributes: Attributes<'_>) {
        self.start(tag, attributes);
        // The slash means nothing in HTML, and lets tools for XML read the page.
        self.written.truncate(self.written.len() - 1);
        self.written.push_str(" />");
    }

    /// Text. Whatever it holds, it is shown and does nothing.
    pub(super) fn text(&mut self, text: &str) {
        self.written.push_str(&sanitise::html(text));
    }

    /// An element whose text is a label of the page, which the reader may switch to another language.
    pub(super) fn label(&mut self, tag: &str, attributes: Attributes<'_>, key: &'static str) {
        let mut all = attributes.to_vec();
        all.push(("data-l", key));
        self.leaf(tag, &all, labels::english(key));
    }

    /// A label and the number of what it names, with a link to it where there is one.
    pub(super) fn count(&mut self, key: &'static str, number: usize, link: Option<&str>) {
        self.element("div", &[("class", "count")], |html| {
            match link {
                Some(id) => html.element("dt", &[], |html| {
                    html.link_around(&[], id, |html| html.label("span", &[], key));
                }),
                None => html.label("dt", &[], key),
            }
            html.leaf("dd", &[], &number.to_string());
        });
    }

    /// A link to an element of the page.
    pub(super) fn link(&mut self, attributes: Attributes<'_>, id: &str, text: &str) {
        self.link_around(attributes, id, |html| html.text(text));
    }

    /// A link to an element of the page around what `content` writes.
    pub(super) fn link_around(
        &mut self,
        attributes: Attributes<'_>,
        id: &str,
        content: impl FnOnce(&mut Self),
    ) {
        let target = format!("#{id}");
        let mut all = vec![("href", target.as_str())];
        all.extend_from_slice(attributes);
        self.element("a", &all, content);
    }

    /// Markup or code of the program's own, as it stands.
    pub(super) fn own(&mut self, markup: &str) {
        self.written.push_str(markup);
    }

    fn start(&mut self, tag: &str, attributes: Attributes<'_>) {
        self.written.push('<');
        self.written.push_str(tag);
        for (name, value) in attributes {
            self.written.push(' ');
            self.written.push_str(name);
            self.written.push_str("=\"");
            self.written.push_str(&sanitise::html(value));
            self.written.push('"');
        }
        self.written.push('>');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_and_values_stay_what_they_are() {
        let mut html = Html::default();
        html.element("p", &[("title", "\" onclick=\"alert(1)")], |html| {
            html.text("</p><script>alert('2')</script>\u{202e}&amp;");
        });
        assert_eq!(
            html.finish(),
            "<p title=\"&quot; onclick=&quot;alert(1)\">&lt;/p&gt;&lt;script&gt;alert(&#39;2&#39;)\
             &lt;/script&gt;&amp;amp;</p>"
        );
    }

    #[test]
    fn a_link_leads_nowhere_but_into_the_page() {
        let mut html = Html::default();
        html.link(&[], "javascript:alert(1)", "x");
        assert_eq!(html.finish(), "<a href=\"#javascript:alert(1)\">x</a>");
    }
}
