using Steelyard.Live.Networks;
using Steelyard.Live.Processes;

namespace Steelyard.Live.Engines;

/// <summary>Where a cluster runs: its processes, its network, the folder of its logs, and where its programs
/// come from.</summary>
internal sealed record ClusterPlace(
    ProcessYard Yard, ClusterNetwork Network, string Logs, EngineSource Source);
