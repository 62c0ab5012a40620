using Iop.Agreements.Domain.Attachments;

namespace Iop.Domain.Tests.Agreements.Attachments;

public sealed class FileNameTests
{
    [Theory]
    [InlineData("avtal.pdf", "avtal.pdf", "pdf")]
    [InlineData("Budget 2026.XLSX", "Budget 2026.xlsx", "xlsx")]
    [InlineData("rapport.2026-03.pdf", "rapport.2026-03.pdf", "pdf")]
    [InlineData("Årsmöte – protokoll.odt", "Årsmöte – protokoll.odt", "odt")]
    [InlineData("A\u030Arsmo\u0308te.odt", "Årsmöte.odt", "odt")] // taken apart by a Mac, put together again
    [InlineData("  mycket   luft .pdf ", "mycket luft.pdf", "pdf")]
    [InlineData("rad\nbryt\u0000.txt", "radbryt.txt", "txt")]
    [InlineData("avtal\u200B\uFEFF.pdf", "avtal.pdf", "pdf")]
    [InlineData("fakt\u202Efdp.exe", "faktfdp.exe", "exe")] // shown as faktexe.pdf: now told as it is, and refused by its kind
    [InlineData("vad<är>\"detta\"?.txt", "vad_är__detta__.txt", "txt")]
    [InlineData("NUL.txt", "_NUL.txt", "txt")]
    [InlineData(".htaccess.txt", "htaccess.txt", "txt")]
    [InlineData("utan ändelse", "utan ändelse", "")]
    public void A_name_is_cleaned_of_what_does_not_show(string raw, string name, string ending)
    {
        Assert.Null(FileName.Read(raw, out var read));
        Assert.Equal((name, ending), (read.Value, read.Ending));
    }

    [Theory]
    [InlineData(null, "file.name-missing")]
    [InlineData("", "file.name-missing")]
    [InlineData(" \u202E ", "file.name-missing")]
    [InlineData("...", "file.name-missing")]
    [InlineData("../../etc/passwd.txt", "file.name-is-a-path")]
    [InlineData("..\\..\\avtal.pdf", "file.name-is-a-path")]
    [InlineData("C:\\Users\\karin\\avtal.pdf", "file.name-is-a-path")]
    [InlineData("/avtal.pdf", "file.name-is-a-path")]
    [InlineData("avtal.exe.pdf", "file.two-endings")]
    [InlineData("avtal.pdf.docx", "file.two-endings")]
    [InlineData("avtal.HTML .txt", "file.two-endings")]
    [InlineData("avtal.e\u200Bxe.pdf", "file.two-endings")]
    public void A_name_that_leads_elsewhere_or_pretends_is_refused(string? raw, string code) =>
        Assert.Equal(code, FileName.Read(raw, out _)?.Code);

    [Fact]
    public void A_long_name_is_shortened_and_keeps_its_ending()
    {
        Assert.Null(FileName.Read(new string('å', 140) + string.Concat(Enumerable.Repeat("😀", 40)) + ".pdf", out var name));
        Assert.InRange(name.Value.Length, FileName.LengthMax - 2, FileName.LengthMax);
        Assert.EndsWith(".pdf", name.Value, StringComparison.Ordinal);
        Assert.Equal(name.Value, name.Value.Normalize());
    }
}
