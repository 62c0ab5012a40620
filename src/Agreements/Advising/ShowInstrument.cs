using Iop.Agreements.Assessing;
using Iop.Agreements.Domain.Advising;
using Iop.Agreements.Partnerships;
using Iop.Agreements.Storage;
using Iop.Kernel;
using Iop.Platform.Api;

namespace Iop.Agreements.Advising;

/// <summary>One instrument with its answers and findings.</summary>
internal static class ShowInstrument
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/partnerships/{id:guid}/instruments/{key}", Handle).WithName(nameof(ShowInstrument));

    internal static async Task<Answer<InstrumentView>> Handle(
        Guid id, string key, Viewer viewer, AgreementsDb db, Catalogues catalogues, CancellationToken cancel)
    {
        if (await InstrumentFile.Of(id, db, catalogues, cancel) is not { } file) return Refusal.NotFound;
        if (file.Find(key) is not { } instrument) return InstrumentRefusals.Unknown;
        return Answers.Ok(await InstrumentView.Of(instrument, file, viewer, cancel), file.TagOf(instrument));
    }
}
