using Steelyard.Histories;
using Steelyard.Sweeps;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Comparisons.Variants;

/// <summary>A variant of a design with what its runs gave.</summary>
/// <param name="Point">Its runs.</param>
/// <param name="Known">What is known of it without a run; null where the design does not say.</param>
internal sealed record ComparedVariant(SweptPoint Point, KnownGuarantee? Known)
{
    /// <summary>What makes it this one: <c>raft</c>, or <c>r=1 w=3</c>.</summary>
    public string Name => Point.Point.Short.StartsWith('#') ? Point.Point.Name : Point.Point.Short;

    /// <summary>What became of each promise.</summary>
    public IReadOnlyList<PromiseTally> Promises { get; } = PromiseTally.Of(Point);

    /// <summary>Those that did not hold throughout.</summary>
    public IEnumerable<PromiseTally> NotHeld =>
        Promises.Where(promise => promise.Validity != Validity.Valid);

    /// <summary>The seed whose run is shown for it: the first that broke a promise, or the first.</summary>
    public Seed Shown => Point.First(Validity.Invalid)?.Seed ?? Point.Runs[0].Seed;

    static string All(int promises) => promises switch
    {
        1 => "its promise",
        2 => "both promises",
        _ => $"all {promises} promises",
    };

    /// <summary>In one line: all that was held, or what was not.</summary>
    public string Verdict
    {
        get
        {
            var notHeld = NotHeld.ToList();
            if (Promises.Count == 0)
                return "nothing was judged";
            return notHeld.Count == 0
                ? $"{All(Promises.Count)} {Promises[0].Words}"
                : string.Join("; ", notHeld.Select(one => $"{one.Promise} {one.Words}"));
        }
    }
}
