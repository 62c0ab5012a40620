# For the scripts beside this one: how they build, and where the result is. Release, because that is what they run and measure.
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 MSBUILDDISABLENODEREUSE=1
readonly CONFIGURATION=Release

# Speaks only when it fails. Analyzers are for whoever writes code: .ci/run and the plain "dotnet build" run them.
build() {
  local said
  echo "Building $1 …"
  if ! said=$(dotnet build "$1" --configuration "$CONFIGURATION" --verbosity quiet -p:RunAnalyzers=false 2>&1); then
    echo "$said" >&2
    return 1
  fi
}

output() { dotnet msbuild "$1" -p:Configuration="$CONFIGURATION" -getProperty:TargetPath; }
