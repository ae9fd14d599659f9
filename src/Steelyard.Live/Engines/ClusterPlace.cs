using Steelyard.Live.Networks;
using Steelyard.Live.Processes;

namespace Steelyard.Live.Engines;

/// <summary>Where a cluster runs: its processes, its network, and the folder of its logs.</summary>
internal sealed record ClusterPlace(ProcessYard Yard, ClusterNetwork Network, string Logs);
