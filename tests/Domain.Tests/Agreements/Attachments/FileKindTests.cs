using Iop.Agreements.Domain.Attachments;

namespace Iop.Domain.Tests.Agreements.Attachments;

public sealed class FileKindTests
{
    private const string Office = "application/vnd.openxmlformats-officedocument.";
    private static readonly byte[] Png = [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A, 0];
    private static readonly byte[] Jpeg = [0xFF, 0xD8, 0xFF, 0xE0];

    private static readonly Dictionary<string, FileFacts> Contents = new(StringComparer.Ordinal)
    {
        ["pdf"] = new("%PDF-1.7"u8.ToArray(), false, null),
        ["pdf of text only"] = new("%PDF-1.4"u8.ToArray(), true, null),
        ["png"] = new(Png, false, null),
        ["jpeg"] = new(Jpeg, false, null),
        ["exe"] = new("MZ\x90"u8.ToArray(), false, null),
        ["text"] = new("Hej"u8.ToArray(), true, null),
        ["html"] = new("<html>"u8.ToArray(), true, null),
        ["docx"] = Zip(["[Content_Types].xml", "word/document.xml"], Office + "wordprocessingml.document.main+xml"),
        ["xlsx"] = Zip(["[Content_Types].xml", "xl/workbook.xml"], Office + "spreadsheetml.sheet.main+xml"),
        ["docm"] = Zip(["[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"],
            "application/vnd.ms-word.document.macroEnabled.main+xml"),
        ["docx with code"] = Zip(["[Content_Types].xml", "word/document.xml", "word/VBAProject.BIN"],
            Office + "wordprocessingml.document.main+xml"),
        ["docx with renamed code"] = Zip(["[Content_Types].xml", "word/document.xml", "word/bild.png"],
            Office + "wordprocessingml.document.main+xml", "application/vnd.ms-office.vbaProject"),
        ["docx with a control"] = Zip(["[Content_Types].xml", "word/document.xml", "word/activeX/activeX1.bin"],
            Office + "wordprocessingml.document.main+xml"),
        ["odt"] = Zip(["mimetype", "content.xml"]) with { Zip = new(["mimetype", "content.xml"], [], Open("text")) },
        ["ods"] = Zip(["mimetype", "content.xml"]) with { Zip = new(["mimetype", "content.xml"], [], Open("spreadsheet")) },
        ["odt with code"] =
            Zip([]) with { Zip = new(["mimetype", "content.xml", "Basic/Standard/Module1.xml"], [], Open("text")) },
        ["zip"] = Zip(["hemligt.txt"]),
        ["jar"] = Zip(["META-INF/MANIFEST.MF"]),
    };

    [Theory]
    [InlineData("a.pdf", "pdf", FileKind.Pdf)]
    [InlineData("a.pdf", "pdf of text only", FileKind.Pdf)]
    [InlineData("a.png", "png", FileKind.Png)]
    [InlineData("a.jpg", "jpeg", FileKind.Jpeg)]
    [InlineData("a.jpeg", "jpeg", FileKind.Jpeg)]
    [InlineData("a.docx", "docx", FileKind.Docx)]
    [InlineData("a.xlsx", "xlsx", FileKind.Xlsx)]
    [InlineData("a.odt", "odt", FileKind.Odt)]
    [InlineData("a.ods", "ods", FileKind.Ods)]
    [InlineData("a.txt", "text", FileKind.Text)]
    [InlineData("a.csv", "text", FileKind.Csv)]
    [InlineData("a.txt", "html", FileKind.Text)] // sent out as plain text, to be saved
    public void Name_and_content_agree(string name, string content, FileKind kind)
    {
        Assert.Null(Read(name, content, out var read));
        Assert.Equal(kind, read);
    }

    [Theory]
    [InlineData("a.pdf", "exe", "file.content-differs")]
    [InlineData("a.pdf", "png", "file.content-differs")]
    [InlineData("a.pdf", "html", "file.content-differs")]
    [InlineData("a.png", "jpeg", "file.content-differs")]
    [InlineData("a.jpg", "png", "file.content-differs")]
    [InlineData("a.txt", "pdf of text only", "file.content-differs")]
    [InlineData("a.csv", "exe", "file.content-differs")]
    [InlineData("a.docx", "xlsx", "file.content-differs")]
    [InlineData("a.docx", "zip", "file.content-differs")]
    [InlineData("a.xlsx", "jar", "file.content-differs")]
    [InlineData("a.odt", "ods", "file.content-differs")]
    [InlineData("a.docx", "odt", "file.content-differs")]
    [InlineData("a.docx", "docm", "file.has-macros")]
    [InlineData("a.docx", "docx with code", "file.has-macros")]
    [InlineData("a.docx", "docx with renamed code", "file.has-macros")]
    [InlineData("a.docx", "docx with a control", "file.has-macros")]
    [InlineData("a.odt", "odt with code", "file.has-macros")]
    [InlineData("a.docm", "docm", "file.kind-not-taken")]
    [InlineData("a.zip", "zip", "file.kind-not-taken")]
    [InlineData("a.exe", "exe", "file.kind-not-taken")]
    [InlineData("a", "pdf", "file.kind-not-taken")]
    public void A_wrong_kind_behind_a_right_name_is_refused(string name, string content, string code) =>
        Assert.Equal(code, Read(name, content, out _)?.Code);

    private static Kernel.Refusal? Read(string name, string content, out FileKind kind)
    {
        Assert.Null(FileName.Read(name, out var read));
        return FileKinds.Read(read, Contents[content], out kind);
    }

    private static FileFacts Zip(string[] names, params string[] types) =>
        new("PK\x03\x04"u8.ToArray(), false, new(names, types, null));

    private static string Open(string what) => $"application/vnd.oasis.opendocument.{what}";
}
