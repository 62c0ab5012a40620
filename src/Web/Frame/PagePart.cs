using Iop.Web.Texts;
using Microsoft.AspNetCore.Components;

namespace Iop.Web.Frame;

/// <summary>What every component has at hand: the words and the visitor.</summary>
public abstract class PagePart : ComponentBase
{
    [Inject] private protected Words T { get; set; } = null!;

    [Inject] private protected Visitor Visitor { get; set; } = null!;

    private protected Written W => T.Written;
}
