using System.IO.Compression;
using System.Text;

namespace Iop.Agreements.Tests;

/// <summary>Office documents, honest and otherwise.</summary>
internal static class Documents
{
    private const string Main = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml";

    public static byte[] Docx(string what)
    {
        using var file = new MemoryStream();
        using (var zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            var hidden = what == "hidden-macro"
                ? """<Override PartName="/word/bild.png" ContentType="application/vnd.ms-office.vba&#80;roject"/>""" : "";
            var doctype = what == "entity" ? "<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\">]>" : "";
            Write(zip, "[Content_Types].xml",
                $"""<?xml version="1.0"?>{doctype}<Types><Override PartName="/word/document.xml" ContentType="{Main}"/>{hidden}</Types>""");
            Write(zip, "word/document.xml", "<document>Plan för våren</document>");
            switch (what)
            {
                case "macro":
                    Write(zip, "word/vbaProject.bin", "kod");
                    break;
                case "slip":
                    Write(zip, "../../../etc/cron.d/x", "* * * * *");
                    break;
                case "twice":
                    Write(zip, "WORD/document.xml", "<document>En annan plan</document>");
                    break;
                case "bomb":
                    Zeros(zip, "word/media/bild.bmp", 300L << 20);
                    break;
                case "many":
                    for (var number = 0; number < 2_100; number++) zip.CreateEntry($"word/{number}");
                    break;
            }
        }
        return file.ToArray();
    }

    private static void Write(ZipArchive zip, string name, string text)
    {
        using var entry = zip.CreateEntry(name).Open();
        entry.Write(Encoding.UTF8.GetBytes(text));
    }

    private static void Zeros(ZipArchive zip, string name, long length)
    {
        using var entry = zip.CreateEntry(name, CompressionLevel.Optimal).Open();
        var zeros = new byte[1 << 20];
        for (var written = 0L; written < length; written += zeros.Length) entry.Write(zeros);
    }
}
