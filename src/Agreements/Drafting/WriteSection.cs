using Iop.Agreements.Domain;
using Iop.Agreements.Partnerships;
using Iop.Agreements.Storage;
using Iop.Kernel;
using Iop.Platform.Api;

namespace Iop.Agreements.Drafting;

/// <summary>Somebody writes a section, or sets it aside with a reason. Many write at once, each in a section of their own;
/// nobody after the opening.</summary>
internal static class WriteSection
{
    public sealed record Request(string? Text = null, string? NotNeededReason = null);

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapPut("/agreements/{id:guid}/sections/{key}", Handle).WithName(nameof(WriteSection));
        api.MapGet("/agreements/{id:guid}/sections/{key}", Show).WithName("ShowSection");
    }

    internal static async Task<Answer<SectionView>> Handle(
        Guid id, string key, Request request, IfMatch ifMatch, Viewer viewer, AgreementsDb db, TimeProvider clock,
            CancellationToken cancel)
    {
        // The key-share lock waits for an opening under way, and makes an opening wait for us.
        if (await db.AgreementForWriting(id, cancel) is not { } agreement) return Refusal.NotFound;
        if (await db.Sections.FindAsync([agreement.Id, key], cancel) is not { } section) return Refusal.NotFound;
        if (viewer.Caller.Lacks(Roles.Officer, Roles.Legal) is { } missing) return missing;
        if (await viewer.IsOutside(agreement.Id, cancel) is { } outside) return outside;
        if (ifMatch.Misses(section.Version) is { } stale) return stale;
        if (new Fields().OptionalText("text", request.Text, Section.TextMax)
            .OptionalText("notNeededReason", request.NotNeededReason, Section.ReasonMax)
                .Must("text", (request.Text is null) != (request.NotNeededReason is null), "section.text-or-reason")
                .Must("notNeededReason", request.NotNeededReason is null || request.NotNeededReason.Trim()
                    .Length > 0, "field.required")
                .Refusal is { } malformed) return malformed;
        if (agreement.IsFixed is { } refusal) return refusal;
        if (request.NotNeededReason is not { } reason) section.Write(request.Text, viewer.Person, clock.GetUtcNow());
        else if (section.SetAside(reason.Trim(), viewer.Person, clock.GetUtcNow()) is { } required) return required;
        await db.SaveChangesAsync(cancel);
        return Answers.Ok(SectionView.Of(section, viewer, await viewer.NamesOf([viewer.Person], cancel)), section.Version);
    }

    internal static async Task<Answer<SectionView>> Show(Guid id, string key, Viewer viewer, AgreementsDb db,
        CancellationToken cancel)
    {
        if (await db.Sections.FindAsync([new AgreementId(id), key], cancel) is not { } section) return Refusal.NotFound;
        var by = section.ChangedBy is { } person ? await viewer.NamesOf([person], cancel) : await viewer.NamesOf([], cancel);
        return Answers.Ok(SectionView.Of(section, viewer, by), section.Version);
    }
}
