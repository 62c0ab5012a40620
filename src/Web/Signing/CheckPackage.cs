using System.Text;
using Iop.Verifier;
using Iop.Web.Agreements;
using Iop.Web.Frame;
using Iop.Web.Problems;
using Microsoft.AspNetCore.Http.Features;

namespace Iop.Web.Signing;

/// <summary>Is it genuine? For anybody who holds a signature package; judged by the keys the service publishes, and kept
/// nowhere.</summary>
internal static class CheckPackage
{
    /// <summary>Read in memory: nothing of it touches a disk. Larger ones are for the offline verifier.</summary>
    private const int SizeMax = 2 * 1024 * 1024;

    private static readonly FormOptions InMemory = new()
    {
        MemoryBufferThreshold = SizeMax, MultipartBodyLengthLimit = SizeMax, ValueLengthLimit = SizeMax,
        BufferBodyLengthLimit = SizeMax,
    };

    public static void Map(WebApplication app)
    {
        app.MapGet("/kontrollera", () => Page.Of<CheckPackagePage>());
        app.MapPost("/kontrollera", Check);
        app.MapGet("/avtal/{id:guid}/underskrift/kontroll", Show);
    }

    private static async Task<IResult> Check(HttpContext context, SigningApi signing, CancellationToken cancel)
    {
        if (await Sent(context, cancel) is not { Length: > 0 } package)
            return Page.Of<CheckPackagePage>(new { Nothing = true }, StatusCodes.Status400BadRequest);
        var keys = await signing.PublishedKeys(cancel);
        return Page.Of<CheckPackagePage>(new { Report = Verification.Of(package, keys) });
    }

    private static async Task<byte[]?> Sent(HttpContext context, CancellationToken cancel)
    {
        if (!context.Request.HasFormContentType) return null;
        try
        {
            context.Features.Set<IFormFeature>(new FormFeature(context.Request, InMemory));
            var form = await context.Request.ReadFormAsync(cancel);
            if (form.Files.GetFile("package") is not { Length: > 0 } file)
                return Encoding.UTF8.GetBytes(form["text"].ToString().Trim());
            using var memory = new MemoryStream();
            await file.CopyToAsync(memory, cancel);
            return memory.ToArray();
        }
        catch (InvalidDataException)
        {
            return null; // too large, or no form after all
        }
    }

    private static async Task<IResult> Show(
        Guid id, string? version, AgreementsApi api, SigningApi signing, Visitor visitor, CancellationToken cancel)
    {
        var agreement = await api.Show(id, cancel);
        if (agreement.Problem is { } no) return no.AsPage(visitor);
        var hash = version ?? agreement.Value!.VersionHash;
        if (hash is null) return Page.Of<VerificationPage>(new { Agreement = agreement.Value });
        var (package, problem) = await signing.Package(id, hash, cancel);
        return problem is { } neither
            ? neither.AsPage(visitor)
            : Page.Of<VerificationPage>(new
            {
                Agreement = agreement.Value, Hash = hash,
                Report = Verification.Of(package!, await signing.PublishedKeys(cancel)),
            });
    }
}
