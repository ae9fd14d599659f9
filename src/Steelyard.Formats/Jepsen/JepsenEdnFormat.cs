using Steelyard.Formats.Edn;

namespace Steelyard.Formats.Jepsen;

/// <summary>Jepsen's and Knossos' EDN: a vector or list of operation maps, or one map after
/// another.</summary>
internal sealed class JepsenEdnFormat : EdnFormat
{
    public override string Name => "jepsen-edn";

    public override string Sample => "{:process 0, :type :invoke, …}";

    protected override bool IsFirstMap(string map) => !map.Contains(":key ", StringComparison.Ordinal);
}
