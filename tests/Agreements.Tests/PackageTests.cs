using System.Diagnostics;
using System.Net;
using System.Text;
using Iop.TestKit;
using Iop.Verifier;

namespace Iop.Agreements.Tests;

/// <summary>What is taken away can be verified without us: the package, the program that judges it, and the keys we
/// publish.</summary>
[Collection(nameof(Signed))]
public sealed class PackageTests(AgreementsWorld world)
{
    [Fact]
    public async Task A_signed_version_is_genuine_by_the_published_keys()
    {
        var of = await world.Opened(associationSignatures: 2);
        foreach (var signatory in new[] { world.Signatory, world.AssociationSignatory, world.AssociationSignatory })
            (await of.Sign(signatory)).Is(HttpStatusCode.OK);
        var report = Verification.Of(await Package(of), await Keys());
        Assert.Empty(report.Findings);
        Assert.Equal(Verdict.Genuine, report.Verdict);
        Assert.Equal(("Vårsol 2026–2028", of.Id.ToString(), 3), (report.Subject, report.Agreement, report.Signatures.Count));
        Assert.Equal(("Region Jönköpings län", "RJL 2026/123"), (report.Signatures[0].Party, report.Signatures[0].CaseNumber));
        Assert.Equal(Verdict.Unconfirmed, Verification.Of(await Package(of), null).Verdict);
    }

    [Fact]
    public async Task Before_all_have_signed_it_is_incomplete_and_the_package_grows()
    {
        var of = await world.Opened();
        Assert.Equal(Verdict.Incomplete, Verification.Of(await Package(of), await Keys()).Verdict);
        (await of.Sign(world.Signatory)).Is(HttpStatusCode.OK);
        var one = await Package(of);
        Assert.Equal(Verdict.Incomplete, Verification.Of(one, await Keys()).Verdict);
        (await of.Sign(world.AssociationSignatory)).Is(HttpStatusCode.OK);
        Assert.Equal(Verdict.Genuine, Verification.Of(await Package(of), await Keys()).Verdict);
        Assert.NotEqual(one.Length, (await Package(of)).Length);
    }

    [Fact]
    public async Task Bytes_changed_here_and_there_in_a_real_one_are_noticed()
    {
        var of = await world.Opened();
        foreach (var signatory in new[] { world.Signatory, world.AssociationSignatory })
            (await of.Sign(signatory)).Is(HttpStatusCode.OK);
        var (package, keys) = (await Package(of), await Keys());
        for (var place = 0; place < package.Length; place += 97)
        {
            var changed = (byte[])package.Clone();
            changed[place] ^= 1;
            Assert.True(Verification.Of(changed, keys).Verdict is Verdict.False, $"Byte {place}");
        }
    }

    [Fact]
    public async Task A_declined_version_stays_in_the_chain_with_its_signatures()
    {
        var of = await world.Opened();
        (await of.Sign(world.Signatory)).Is(HttpStatusCode.OK);
        var first = await of.VersionHash();
        (await world.AssociationSignatory.Act($"{of.Path}/declines", $"\"{first}\"", new { reason = "Nej" }))
            .Is(HttpStatusCode.OK);
        (await world.Officer.Act($"{of.Path}/redrafting", (await of.Shown()).Tag)).Is(HttpStatusCode.OK);
        (await of.Write(world.Officer, "goals", "Nya mål.")).Is(HttpStatusCode.OK);
        (await of.Approve()).Is(HttpStatusCode.OK);
        (await of.Open()).Is(HttpStatusCode.OK);
        foreach (var signatory in new[] { world.Signatory, world.AssociationSignatory })
            (await of.Sign(signatory)).Is(HttpStatusCode.OK);
        var report = Verification.Of(await Package(of), await Keys());
        Assert.Equal(Verdict.Genuine, report.Verdict);
        Assert.Equal((1L, "Frälsningsarmén", "Nej"),
            (report.Declines[0].Version, report.Declines[0].Party, report.Declines[0].Reason));
        Assert.Single(report.Declines);
        Assert.Equal([(1, 1), (2, 2)], report.Versions.Select(version => ((int)version.Number, version.Signatures)));
        Assert.Equal(Verdict.Incomplete, Verification.Of(await Package(of, first), await Keys()).Verdict);
    }

    [Fact]
    public async Task The_program_prints_a_report_and_ends_with_the_verdict()
    {
        var of = await world.Opened();
        foreach (var signatory in new[] { world.Signatory, world.AssociationSignatory })
            (await of.Sign(signatory)).Is(HttpStatusCode.OK);
        var folder = Directory.CreateTempSubdirectory("iop-verify-").FullName;
        var (package, keys) = (Path.Combine(folder, "package.json"), Path.Combine(folder, "keys.json"));
        await File.WriteAllBytesAsync(package, await Package(of));
        await File.WriteAllBytesAsync(keys, await Keys());
        Assert.Equal((0, "ÄKTA."), await Run(package, "--keys", keys));
        Assert.Equal((4, "UNCONFIRMED."), await Run(package, "--language", "en"));
        await File.AppendAllTextAsync(package, "\n");
        Assert.Equal((1, "INTE"), await Run(package, "--keys", keys));
        Assert.Equal((2, ""), await Run(Path.Combine(folder, "nothing.json")));
        Assert.Equal((2, ""), await Run("--language", "no"));
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Others_cannot_have_it_and_what_is_not_there_is_not_found()
    {
        var of = await world.Opened();
        (await world.Stranger.Get($"{of.Path}/versions/{await of.VersionHash()}/package")).Is(HttpStatusCode.NotFound);
        (await world.Officer.Get($"{of.Path}/versions/{new string('b', 64)}/package")).Is(HttpStatusCode.NotFound);
        (await world.Anonymous.Get($"{of.Path}/versions/{await of.VersionHash()}/package")).Is(HttpStatusCode.Unauthorized);
    }

    private static async Task<(int Code, string Word)> Run(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(Verification).Assembly.Location, .. arguments])
        {
            UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
        };
        using var program = Process.Start(start)!;
        var (said, complained) = (program.StandardOutput.ReadToEndAsync(), program.StandardError.ReadToEndAsync());
        await program.WaitForExitAsync();
        await complained;
        return (program.ExitCode, (await said).Split(' ')[0]);
    }

    private async Task<byte[]> Package(Case of, string? hash = null)
    {
        var reply = (await world.Officer.Get($"{of.Path}/versions/{hash ?? await of.VersionHash()}/package"))
            .Is(HttpStatusCode.OK);
        return Encoding.UTF8.GetBytes(reply.Text);
    }

    private async Task<byte[]> Keys() =>
        Encoding.UTF8.GetBytes((await world.Anonymous.Get("/agreements/v1/sealing-keys")).Is(HttpStatusCode.OK).Text);
}
