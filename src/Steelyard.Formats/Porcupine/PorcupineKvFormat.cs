using Steelyard.Formats.Edn;

namespace Steelyard.Formats.Porcupine;

/// <summary>Porcupine's key-value text: EDN maps with <c>:key</c>, functions get, put and append.</summary>
internal sealed class PorcupineKvFormat : EdnFormat
{
    public override string Name => "porcupine-kv";

    public override string Sample => "{:process 0, :type :invoke, :f :get, :key \"k\", …}";

    protected override bool IsFirstMap(string map) => map.Contains(":key ", StringComparison.Ordinal);
}
