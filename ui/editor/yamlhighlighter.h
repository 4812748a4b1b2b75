// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <KSyntaxHighlighting/Repository>

#include <memory>

class QTextDocument;

namespace Headroom {

/// Colours a document as YAML, in light or dark.
///
/// Large texts stay plain: colouring is done in the event loop's thread, and a window that stands still is worse.
class YamlHighlighter
{
public:
    explicit YamlHighlighter(QTextDocument *document);
    ~YamlHighlighter();
    Q_DISABLE_COPY_MOVE(YamlHighlighter)

    void setDark(bool isDark);
    /// To be called before the text is put into the document.
    void prepareFor(qsizetype characters);
    /// Whether colours are on.
    bool isOn() const { return m_highlighter != nullptr; }

private:
    class Readable;
    void turnOn();

    QTextDocument *m_document;
    KSyntaxHighlighting::Repository m_repository;
    bool m_isDark = false;
    std::unique_ptr<Readable> m_highlighter;
};

} // namespace Headroom
