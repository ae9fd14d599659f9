using Steelyard.Histories;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Services.Designs.Parts;

/// <summary>A design whose hosts stand as they are: whoever runs it chooses one of its variants.</summary>
/// <typeparam name="TVariant">What it is built with.</typeparam>
public abstract class VariantDesign<TVariant> : IDesign
    where TVariant : DesignVariant
{
    const string Variant = "variant";

    readonly IReadOnlyList<TVariant> _variants;
    readonly string _ownHosts;

    /// <param name="variants">The default first.</param>
    /// <param name="what">What a variant decides, for the help.</param>
    /// <param name="ownHosts">Why nobody may say how many hosts there are.</param>
    private protected VariantDesign(IReadOnlyList<TVariant> variants, string what, string ownHosts)
    {
        _variants = variants;
        _ownHosts = ownHosts;
        Options = [DesignOption.Choice(Variant, what, [.. variants.Select(variant => variant.Name)])];
    }

    /// <inheritdoc/>
    public abstract string Name { get; }

    /// <inheritdoc/>
    public abstract string Summary { get; }

    /// <inheritdoc/>
    public abstract string Story { get; }

    /// <inheritdoc/>
    public IReadOnlyList<DesignOption> Options { get; }

    /// <inheritdoc/>
    public Scenario Build(DesignOptions options)
    {
        if (options.Common.Nodes is not null)
            throw new UserMistakeException($"--nodes: expected none, since {_ownHosts}");
        var scenario = Build(DesignVariant.Find(_variants, options.Choice(Variant)), options.Common);
        var limit = options.Common.Slo ?? scenario.Promises.AnswerLimit;
        return scenario with { Promises = scenario.Promises with { AnswerLimit = limit } };
    }

    /// <summary>The scenario of a variant.</summary>
    private protected abstract Scenario Build(TVariant variant, CommonOptions common);
}
