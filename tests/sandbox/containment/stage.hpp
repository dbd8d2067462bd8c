// Stage: what stands outside the sandbox for hostile programs to find: a secret that everybody on
// the host may read, local sockets that listen, descriptors that nobody closes on execve, a
// variable in the environment, as root a set-uid program. Every run is checked against it.
#pragma once

#include <string>
#include <vector>

#include "sandbox/base/unique_fd.hpp"

namespace sandbox::test {

class Stage {
 public:
  // Ends the program when it cannot be put up: nothing could be tested then.
  Stage();
  ~Stage();
  Stage(const Stage&) = delete;
  Stage& operator=(const Stage&) = delete;
  Stage(Stage&&) = delete;
  Stage& operator=(Stage&&) = delete;

  [[nodiscard]] const std::string& secret() const { return secret_; }
  [[nodiscard]] std::string secret_path() const { return folder_ + "/secret"; }
  [[nodiscard]] std::string socket_path() const { return folder_ + "/socket"; }
  [[nodiscard]] const std::string& abstract_name() const { return abstract_name_; }
  // Empty unless we are root.
  [[nodiscard]] const std::string& set_uid_program() const { return set_uid_program_; }
  // The folder of all this, readable for everybody.
  [[nodiscard]] const std::string& folder() const { return folder_; }

  // Has somebody connected to one of the sockets since the last time?
  [[nodiscard]] bool was_reached() const;

  // `text` with {outside}, {secret}, {socket} and {set-uid} replaced.
  [[nodiscard]] std::string fill_in(std::string text) const;

 private:
  std::string folder_;
  std::string secret_;
  std::string abstract_name_;
  std::string set_uid_program_;
  std::vector<base::UniqueFd> listeners_;
  std::vector<base::UniqueFd> leaked_;
};

}  // namespace sandbox::test
