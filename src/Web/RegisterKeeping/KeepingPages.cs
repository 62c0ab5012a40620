using Iop.Web.Frame;
using Iop.Web.Parts;
using Iop.Web.Problems;
using Iop.Web.Register;

namespace Iop.Web.RegisterKeeping;

/// <summary>The register from the side of those who keep it: write, complete, confirm, correct.</summary>
internal static class KeepingPages
{
    public static void Map(WebApplication app)
    {
        app.MapGet("/register/ny", (RegisterApi register, Visitor visitor, CancellationToken cancel) =>
            Form(null, null, register, visitor, cancel));
        app.MapPost("/register/ny", (Filled form, RegisterApi register, Visitor visitor, CancellationToken cancel) =>
            Save(null, form, register, visitor, cancel));
        app.MapGet("/register/{id:guid}/skriv", (Guid id, RegisterApi register, Visitor visitor, CancellationToken cancel) =>
            Form(id, null, register, visitor, cancel));
        app.MapPost("/register/{id:guid}/skriv",
            (Guid id, Filled form, RegisterApi register, Visitor visitor, CancellationToken cancel) =>
                Save(id, form, register, visitor, cancel));
        app.MapGet("/register/{id:guid}/komplettera",
            (Guid id, RegisterApi register, Visitor visitor, CancellationToken cancel) =>
            Additions(id, null, register, visitor, cancel));
        app.MapPost("/register/{id:guid}/komplettera", Complete);
        app.MapPost("/register/{id:guid}/bekrafta", Confirm);
        app.MapGet("/register/{id:guid}/ratta", (Guid id, RegisterApi register, Visitor visitor, CancellationToken cancel) =>
            Corrections(id, null, register, visitor, cancel));
        app.MapPost("/register/{id:guid}/ratta", Ask);
        app.MapPost("/register/{id:guid}/ratta/{correction:guid}", Answer);
        app.MapGet("/register/vara", Own);
    }

    private static async Task<IResult> Form(
        Guid? id, Filled? form, RegisterApi register, Visitor visitor, CancellationToken cancel)
    {
        if (!visitor.SignedIn) return Results.Redirect("/session/start?returnUrl=" + Uri.EscapeDataString(visitor.Here));
        var entry = id is { } known ? await register.Show(known, cancel) : null;
        if (entry?.Problem is { } no) return no.AsPage(visitor);
        var areas = await register.AreaDefinitions(cancel);
        return Page.Of<EntryForm>(
            new { Entry = entry?.Value, entry?.Tag, Areas = areas.Value, Form = form }, form?.Problem?.Status ?? 200);
    }

    private static async Task<IResult> Save(
        Guid? id, Filled form, RegisterApi register, Visitor visitor, CancellationToken cancel)
    {
        var answer = await register.Write(id, EntryFormWords.Of(form), form.Tag, form.Key, cancel);
        return answer.Problem is { } no
            ? await Form(id, form.With(no), register, visitor, cancel)
            : Page.Done($"/register/{answer.Value!.Id}", "entry-written");
    }

    private static async Task<IResult> Additions(
        Guid id, Filled? form, RegisterApi register, Visitor visitor, CancellationToken cancel)
    {
        var entry = await register.Show(id, cancel);
        return entry.Problem is { } no
            ? no.AsPage(visitor)
            : Page.Of<AdditionsForm>(new { Entry = entry.Value, entry.Tag, Form = form }, form?.Problem?.Status ?? 200);
    }

    private static async Task<IResult> Complete(
        Guid id, Filled form, RegisterApi register, Visitor visitor, CancellationToken cancel)
    {
        var answer = await register.Complete(id, EntryFormWords.Additions(form), form.Tag, cancel);
        return answer.Problem is { } no
            ? await Additions(id, form.With(no), register, visitor, cancel)
            : Page.Done($"/register/{id}", "entry-written");
    }

    private static async Task<IResult> Confirm(
        Guid id, Filled form, RegisterApi register, Visitor visitor, CancellationToken cancel)
    {
        var answer = await register.Confirm(id, form.Tag, cancel);
        return answer.Problem is { } no ? no.AsPage(visitor) : Page.Done($"/register/{id}", "entry-confirmed");
    }

    private static async Task<IResult> Corrections(
        Guid id, Filled? form, RegisterApi register, Visitor visitor, CancellationToken cancel)
    {
        if (!visitor.SignedIn) return Results.Redirect("/session/start?returnUrl=" + Uri.EscapeDataString(visitor.Here));
        var entry = await register.Show(id, cancel);
        if (entry.Problem is { } no) return no.AsPage(visitor);
        var all = await register.Corrections(id, cancel);
        return all.Problem is { } trouble
            ? trouble.AsPage(visitor)
            : Page.Of<CorrectionsPage>(
                new { Entry = entry.Value, All = all.Value!.Items, Form = form }, form?.Problem?.Status ?? 200);
    }

    private static async Task<IResult> Ask(
        Guid id, Filled form, RegisterApi register, Visitor visitor, CancellationToken cancel)
    {
        var answer = await register.AskForCorrection(
            id, new { field = form.Text("field") ?? "", words = form.Text("words") ?? "" }, form.Key, cancel);
        return answer.Problem is { } no
            ? await Corrections(id, form.With(no), register, visitor, cancel)
            : Page.Done($"/register/{id}/ratta", "correction-asked");
    }

    private static async Task<IResult> Answer(
        Guid id, Guid correction, Filled form, RegisterApi register, Visitor visitor, CancellationToken cancel)
    {
        var answer = await register.AnswerCorrection(correction,
            new { corrected = form.Text("corrected") == "true", answer = form.Text("answer") ?? "" }, form.Tag, cancel);
        return answer.Problem is { } no
            ? await Corrections(id, form.With(no), register, visitor, cancel)
            : Page.Done($"/register/{id}/ratta", "correction-answered");
    }

    private static async Task<IResult> Own(RegisterApi register, Visitor visitor, CancellationToken cancel)
    {
        var own = await register.OwnEntries(cancel);
        return own.Problem is { } no ? no.AsPage(visitor) : Page.Of<OwnEntries>(new { Entries = own.Value!.Items });
    }
}
