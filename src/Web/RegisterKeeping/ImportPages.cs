using Iop.Web.Frame;
using Iop.Web.Parts;
using Iop.Web.Problems;
using Iop.Web.Register;

namespace Iop.Web.RegisterKeeping;

/// <summary>A whole list brought in: read, looked at row by row, confirmed.</summary>
internal static class ImportPages
{
    public static void Map(WebApplication app)
    {
        app.MapGet("/register/las-in", (Visitor visitor) => Form(null, visitor));
        app.MapPost("/register/las-in", Read);
        app.MapGet("/register/las-in/{id:guid}", Show);
        app.MapPost("/register/las-in/{id:guid}", Confirm);
    }

    private static IResult Form(Filled? form, Visitor visitor) => visitor.SignedIn
        ? Page.Of<ImportForm>(new { Form = form }, form?.Problem?.Status ?? 200)
        : Results.Redirect("/session/start?returnUrl=" + Uri.EscapeDataString(visitor.Here));

    private static async Task<IResult> Read(Filled form, RegisterApi register, Visitor visitor, CancellationToken cancel)
    {
        if (form.File("file") is not { } file) return Results.Redirect("/register/las-in");
        await using var stream = file.OpenReadStream();
        var answer = await register.ReadImport(stream, file.FileName, form.Text("encoding") ?? "utf-8", form.Key, cancel);
        return answer.Problem is { } no
            ? Form(form.With(no), visitor)
            : Results.Redirect($"/register/las-in/{answer.Value!.Id}");
    }

    private static async Task<IResult> Show(
        Guid id, string? stilla, RegisterApi register, Visitor visitor, HttpResponse response, CancellationToken cancel)
    {
        var import = await register.ShowImport(id, cancel);
        if (import.Problem is { } no) return no.AsPage(visitor);
        // While it is being written the browser fetches the page again by itself, with scripts or without; unless one says no.
        if (import.Value!.State == "writing" && stilla is null)
            response.Headers["Refresh"] = $"{RefreshSeconds}; url=/register/las-in/{id}";
        return Page.Of<ImportReport>(new { Import = import.Value, import.Tag, Still = stilla is not null });
    }

    private const int RefreshSeconds = 3;

    private static async Task<IResult> Confirm(
        Guid id, Filled form, RegisterApi register, Visitor visitor, CancellationToken cancel)
    {
        var answer = await register.ConfirmImport(id, form.Tag, cancel);
        return answer.Problem is { } no ? no.AsPage(visitor) : Page.Done($"/register/las-in/{id}", "import-confirmed");
    }
}
